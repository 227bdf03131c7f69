using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore.Health;

/// <summary>Checks that the global indexes are kept up to date, by this or another process.</summary>
internal sealed class LagHealth(ExtendDbRuntime runtime, IOptions<ExtendDbHealthOptions> options) : IHealthCheck
{
    private readonly Lock _lock = new();

    // The oldest due marker of each slot, and the time since when it has been the oldest.
    private Dictionary<short, (DateTime ReadyAt, long Since)> _heads = [];

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Judge(await BoundedCheck.RunAsync(token => runtime.Lag.ReadAsync(token), BoundedCheck.AnswerWithin, cancellationToken));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another check reports whether the database can be used.
            return HealthCheckResult.Degraded($"The lag is not known within {BoundedCheck.AnswerWithin.TotalSeconds} s");
        }
        catch (Exception unknown) when (unknown is not OperationCanceledException)
        {
            return HealthCheckResult.Degraded("The lag is not known", unknown);
        }
    }

    private HealthCheckResult Judge(LagReading lag)
    {
        var limits = options.Value;
        var unclaimed = Unclaimed(lag);
        var data = new Dictionary<string, object>
        {
            ["lag_seconds"] = lag.Most.TotalSeconds,
            ["unclaimed_seconds"] = unclaimed.TotalSeconds,
        };
        var text = $"The global indexes lag {lag.Most.TotalSeconds:0.0} s behind";
        return unclaimed >= limits.UnclaimedWithin
            ? HealthCheckResult.Unhealthy($"Nobody has claimed the oldest markers for {unclaimed.TotalSeconds:0} s: is a worker running?", data: data)
            : lag.Most > limits.UnhealthyLag ? HealthCheckResult.Unhealthy(text, data: data)
            : lag.Most > limits.DegradedLag ? HealthCheckResult.Degraded(text, data: data)
            : HealthCheckResult.Healthy($"lag {lag.Most.TotalSeconds:0.0} s", data);
    }

    /// <summary>
    /// Returns how long the oldest marker of a slot has been there, as far as these checks have seen it.
    /// </summary>
    private TimeSpan Unclaimed(LagReading lag)
    {
        var time = runtime.Time;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _heads = lag.Oldest.ToDictionary(
                head => head.Key,
                head => _heads.TryGetValue(head.Key, out var before) && before.ReadyAt == head.Value
                    ? before
                    : (head.Value, now));
            return _heads.Count == 0 ? TimeSpan.Zero : _heads.Values.Max(head => time.GetElapsedTime(head.Since, now));
        }
    }
}
