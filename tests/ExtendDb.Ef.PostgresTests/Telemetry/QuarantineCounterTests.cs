using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

public class QuarantineCounterTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Entries_that_were_set_aside_do_not_count_as_applied()
    {
        await using var host = await QueueCounterTests.RefusingAsync(await fixture.CreateDatabaseAsync(), Tables.Short);
        using var readings = new MeterReadings(host.Database.Name);
        await host.PutAsync("Refusing", Tables.Item("one", 1));

        await QueueCounterTests.CarefullyAsync(host);

        readings.Values("extenddb.gsi.quarantined").Sum().Should().Be(1);
        readings.Values("extenddb.gsi.applied").Sum().Should().Be(0);
    }

    [Fact]
    public async Task Entry_that_a_write_without_delay_sets_aside_is_counted()
    {
        await using var host = await QueueCounterTests.RefusingAsync(await fixture.CreateDatabaseAsync(), Tables.NoDelay);
        using var readings = new MeterReadings(host.Database.Name);

        await host.PutAsync("Refusing", Tables.Item("one", 1));

        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_quarantine")).Should().Be(1L);
        readings.Values("extenddb.gsi.quarantined").Sum().Should().Be(1);
    }

    [Fact]
    public async Task Entry_that_a_write_without_delay_applies_counts_as_applied()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "AtOnce", Tables.NoDelay);
        using var readings = new MeterReadings(host.Database.Name);

        await host.PutAsync("AtOnce", Tables.Item("one", 1));

        readings.Values("extenddb.gsi.applied", "ByGroup0").Sum().Should().Be(1);
    }
}
