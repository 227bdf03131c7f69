using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Hosting;

/// <summary>
/// Fails the start of the host when the context lacks the library's entities, the role of the connection lacks rights, or
/// the database has another schema version.
/// </summary>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="createContext">Creates a context of the registration.</param>
internal sealed class StartCheck(ExtendDbRuntime runtime, Func<DbContext> createContext) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var context = createContext())
        {
            if (context.Model.FindEntityType(typeof(Item)) is null)
            {
                throw new InvalidOperationException(
                    $"The model of {context.GetType().Name} has no items. Call modelBuilder.UseExtendDb() in its "
                    + "OnModelCreating.");
            }
        }

        await RoleRights.CheckAsync(runtime.Connections, runtime.Options.Propagation.Enabled, cancellationToken);

        // The first load of the definitions checks the schema version.
        await runtime.Definitions.GetAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
