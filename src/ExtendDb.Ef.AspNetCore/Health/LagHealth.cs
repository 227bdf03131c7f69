using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Propagation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
            var lag = (await database.Lag.ReadAsync(soon.Token)).Most;
            var data = new Dictionary<string, object> { ["lag_seconds"] = lag.TotalSeconds };
            return lag > DegradedOver
                ? HealthCheckResult.Degraded($"The global indexes lag {lag.TotalSeconds:0.0} s behind", data: data)
                : HealthCheckResult.Healthy($"lag {lag.TotalSeconds:0.0} s", data);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Whether the database can be used is another check's; a queue full of dead rows makes this look slow.
            return HealthCheckResult.Degraded($"The lag is not known within {AnswerWithin.TotalSeconds} s");
        }
        catch (Exception unknown) when (unknown is not OperationCanceledException)
        {
            return HealthCheckResult.Degraded("The lag is not known", unknown);
        }
    }
}
