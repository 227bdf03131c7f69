using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Schema;

/// <summary>Stops the start of the host on a database of another schema version.</summary>
internal sealed class SchemaCheck<TContext>(IDbContextFactory<TContext> contexts) : IHostedService
    where TContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var runtime = await ExtendDbRuntime.OfAsync(contexts, cancellationToken);

        // The first load of the definitions checks the version.
        await runtime.Definitions.GetAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
