using System.Diagnostics.Metrics;
using ExtendDb.Ef.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>The gauge <c>extenddb.server.health</c>: the state of each check of <c>/health/ready</c>, for alerts.</summary>
internal sealed class HealthGauge : IHealthCheckPublisher, IDisposable
{
    public const string MeterName = "ExtendDb.Server";

    // The interval at which Prometheus usually reads the gauge.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly Meter _meter;
    private volatile HealthReport? _last;

    public HealthGauge(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge(
            "extenddb.server.health", States, description: "The state of a check: 1 healthy, 0.5 degraded, 0 unhealthy.");
    }

    /// <summary>Lets a host run its checks regularly and show their states.</summary>
    /// <remarks>Cost: two statements every 15 s.</remarks>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IHealthCheckPublisher, HealthGauge>();
        services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Period = Period;
            publisher.Predicate = check => check.Tags.Contains(ExtendDbHealthOptions.ReadyTag);
        });
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        _last = report;
        return Task.CompletedTask;
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> States() =>
        _last is not { } report ? [] : report.Entries.Select(check => new Measurement<double>(
            check.Value.Status switch { HealthStatus.Healthy => 1, HealthStatus.Degraded => 0.5, _ => 0 },
            new KeyValuePair<string, object?>("check", check.Key)));
}
