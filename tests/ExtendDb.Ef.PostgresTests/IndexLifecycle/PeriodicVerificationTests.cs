using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.PostgresTests.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class PeriodicVerificationTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Entries_that_are_wrong_are_told_to_the_meter_without_anybody_asking()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(
            await fixture.CreateDatabaseAsync(),
            options => options.Verification.Interval = TimeSpan.FromMinutes(1),
            new NotedWaits(shortenedBy: 1_000));
        var table = await Tables.CreateAsync(host, "Watched", Tables.Short);
        await WrittenItems.AddAsync(host, table, Enumerable.Range(0, 5).Select(i => Tables.Item($"item-{i}", i)));
        await WrittenItems.RemoveEntriesAsync(host, table, "ByGroup0", 0, 1);
        using var readings = new MeterReadings(host.Database.Name);

        await Waiting.UntilAsync(
            () => readings.Gauge("extenddb.gsi.divergent", "ByGroup0") is 2, "two entries are known to be wrong");
        await host.StopAsync();

        readings.Gauge("extenddb.gsi.divergent", "ByGroup0").Should().BeNull("nobody looks any more");
    }
}
