using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

// Whether anybody listens is the same for the whole process, so nobody else may.
[Collection(AloneCollection.Name)]
public class UnheardGaugeTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Queue_is_read_for_the_gauges_only_while_somebody_listens()
    {
        var interval = TimeSpan.FromMilliseconds(100);
        using var trips = new RoundTrips();
        var time = new NotedWaits();
        await using var host = await PropagationHost.StartWithoutWorkerAsync(
            fixture.ConnectionString, options => options.MonitorInterval = interval, time);
        var reads = () => trips.Commands.Count(command => command.Contains(Statements.GsiPendingStatus, StringComparison.Ordinal));

        await time.UntilBegunAsync(5, interval);
        var unheard = reads();
        await Tables.CreateAsync(host, "Heard", Tables.Short);
        using var readings = new MeterReadings(host.Database.Name);
        await Waiting.UntilAsync(
            () => readings.Gauge("extenddb.gsi.pending", "ByGroup0") is not null, "the gauge has a value");

        unheard.Should().Be(0);
        reads().Should().BePositive();
    }
}
