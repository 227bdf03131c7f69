using System.Diagnostics.Metrics;
using ExtendDb.Ef.Server.Serving;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class HealthGaugeTests
{
    [Theory]
    [InlineData(HealthStatus.Healthy, 1)]
    [InlineData(HealthStatus.Degraded, 0.5)]
    [InlineData(HealthStatus.Unhealthy, 0)]
    public async Task Gauge_is_the_last_state_of_each_check(HealthStatus status, double value)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var gauge = new HealthGauge(meters);
        var read = new List<(string? Check, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, measured, tags, _) => read.Add(((string?)tags[0].Value, measured)));
        listener.Start();

        listener.RecordObservableInstruments();
        read.Should().BeEmpty("no check has run");
        await gauge.PublishAsync(ReportOf(HealthStatus.Healthy), default);
        await gauge.PublishAsync(ReportOf(status), default);
        listener.RecordObservableInstruments();

        read.Should().Equal(("database", value));
    }

    private static HealthReport ReportOf(HealthStatus status) => new(
        new Dictionary<string, HealthReportEntry> { ["database"] = new(status, null, TimeSpan.Zero, null, null) }, TimeSpan.Zero);
}
