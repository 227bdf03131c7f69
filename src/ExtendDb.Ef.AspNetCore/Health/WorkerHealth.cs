using ExtendDb.Ef.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore.Health;

/// <summary>Checks that the worker of this process runs, when it is enabled.</summary>
internal sealed class WorkerHealth(IServiceProvider services, IOptions<ExtendDbOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!options.Value.Propagation.Enabled)
        {
            return Task.FromResult(HealthCheckResult.Healthy("not in this process"));
        }

        var runs = services.GetServices<IHostedService>().OfType<PropagationWorker>()
            .Any(service => service.ExecuteTask is { IsCompleted: false });
        return Task.FromResult(runs
            ? HealthCheckResult.Healthy("runs")
            : HealthCheckResult.Unhealthy("The worker of this process does not run"));
    }
}
