using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Hosting;

/// <summary>
/// Takes the place of a worker when another registration in the same host already has workers for the database.
/// </summary>
internal sealed class NoWorker : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
