using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Propagation;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ExtendDb.Ef.AspNetCore.Health;

/// <summary>Tells whether the global indexes are kept up to date, whoever does it.</summary>
internal sealed class LagHealth(LocalDatabase database) : IHealthCheck
{
    private static readonly TimeSpan DegradedOver = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(AnswerWithin);
        try
        {
            var lag = await QueueStatus.ReadLagAsync(database, soon.Token);
            var data = new Dictionary<string, object> { ["lag_seconds"] = lag.TotalSeconds };
            return lag > DegradedOver
                ? HealthCheckResult.Degraded($"The global indexes lag {lag.TotalSeconds:0.0} s behind", data: data)
                : HealthCheckResult.Healthy($"lag {lag.TotalSeconds:0.0} s", data);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The lag is not known: the database does not answer");
        }
        catch (NpgsqlException unknown)
        {
            return HealthCheckResult.Unhealthy("The lag is not known", unknown);
        }
    }
}
