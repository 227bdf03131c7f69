using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Hosting;

/// <summary>Stands for the workers of a registration whose database another registration of the host works on.</summary>
internal sealed class NoWorker : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
