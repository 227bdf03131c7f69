using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

public class QueueCounterTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public void Every_instrument_is_there_with_its_kind_and_unit()
    {
        using var readings = new MeterReadings("none");

        readings.Instruments.Select(i => $"{i.Key} {i.Value.Kind.Name[..^2]} {i.Value.Unit}").Should().BeEquivalentTo(
            "extenddb.gsi.applied Counter {entry}",
            "extenddb.gsi.batch.size Histogram {marker}",
            "extenddb.gsi.batch.duration Histogram s",
            "extenddb.gsi.wake_to_claim Histogram s",
            "extenddb.gsi.end_to_end Histogram s",
            "extenddb.gsi.throttled Counter {write}",
            "extenddb.gsi.assisted Counter {batch}",
            "extenddb.gsi.quarantined Counter {entry}",
            "extenddb.gsi.post_commit_failures Counter {failure}",
            "extenddb.gsi.lag ObservableGauge s",
            "extenddb.gsi.pending ObservableGauge {marker}",
            "extenddb.gsi.quarantine ObservableGauge {entry}",
            "extenddb.gsi.backfill.progress ObservableGauge 1",
            "extenddb.gsi.horizon.age ObservableGauge s",
            "extenddb.gsi.divergent ObservableGauge {entry}",
            "extenddb.items.writes Counter {write}",
            "extenddb.streams.size ObservableGauge By",
            "extenddb.streams.oldest ObservableGauge s",
            "extenddb.streams.consumer.lag ObservableGauge s",
            "extenddb.streams.consumer.stopped ObservableGauge {shard}",
            "extenddb.streams.consumer.set_aside ObservableGauge {record}");
    }

    [Fact]
    public async Task Batches_count_their_markers_and_entries_and_measure_their_time()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Counted", Tables.Short, Tables.Short);
        using var readings = new MeterReadings(host.Database.Name);
        for (var i = 0; i < 7; i++)
        {
            await host.PutAsync("Counted", Tables.Item($"item-{i}", i));
        }

        await host.PutAsync("Counted", Tables.Item("item-0", 100));
        await Oracle.ApplyAllAndExactAsync(host);

        readings.Values("extenddb.gsi.batch.size").Sum().Should().Be(8);
        readings.Values("extenddb.gsi.applied", "ByGroup0").Sum().Should().BeInRange(7, 8);
        readings.Values("extenddb.gsi.applied", "ByGroup1").Sum().Should().Be(readings.Values("extenddb.gsi.applied", "ByGroup0").Sum());
        readings.Values("extenddb.gsi.end_to_end").Should().HaveCountGreaterThanOrEqualTo(7).And.OnlyContain(s => s > 0 && s < 60);
        readings.Values("extenddb.gsi.batch.duration").Should().HaveSameCount(readings.Values("extenddb.gsi.batch.size"))
            .And.OnlyContain(s => s > 0 && s < 60);
    }

    [Fact]
    public async Task Worker_that_is_woken_measures_how_long_it_took_to_the_claim()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Woken", Tables.Short);
        using var readings = new MeterReadings(host.Database.Name);

        await Waiting.UntilAsync(
            async () =>
            {
                await host.PutAsync("Woken", Tables.Item("one", 1).With("At", DateTime.UtcNow.Ticks));
                return readings.Values("extenddb.gsi.wake_to_claim").Count > 0;
            },
            "a wake-up is measured");

        readings.Values("extenddb.gsi.wake_to_claim").Should().OnlyContain(s => s >= 0 && s < 30);
    }

    [Fact]
    public async Task Writes_that_are_delayed_help_and_are_refused_are_counted_as_such()
    {
        var limit = TimeSpan.FromSeconds(10);
        await using var host = await PropagationHost.StartWithoutWorkerAsync(
            await fixture.CreateDatabaseAsync(),
            options => (options.Backpressure.Mode, options.Backpressure.Limit) = (GsiBackpressure.Reject, limit));
        await Tables.CreateAsync(host, "Lagging", TimeSpan.FromDays(1));
        await host.PutAsync("Lagging", Tables.Item("first", 1));
        using var readings = new MeterReadings(host.Database.Name);

        await Waiting.UntilAsync(
            async () =>
            {
                await BackdateAsync(host, limit * 0.9);
                await host.PutAsync("Lagging", Tables.Item("second", 1).With("At", DateTime.UtcNow.Ticks));
                return readings.Values("extenddb.gsi.assisted").Count > 0;
            },
            "a write has helped");
        var refused = 0;
        await Waiting.UntilAsync(
            async () =>
            {
                await BackdateAsync(host, limit * 2);
                try
                {
                    await host.PutAsync("Lagging", Tables.Item("third", 1).With("At", DateTime.UtcNow.Ticks));
                }
                catch (ProvisionedThroughputExceededException)
                {
                    refused++;
                }

                return refused > 0;
            },
            "a write is refused");

        var how = readings.All.Where(r => r.Instrument == "extenddb.gsi.throttled").CountBy(r => (string)r.Tags["how"]!)
            .ToDictionary(StringComparer.Ordinal);
        how.Keys.Should().BeEquivalentTo("delayed", "refused");
        how["refused"].Should().Be(refused);
    }

    [Fact]
    public async Task Entries_that_a_batch_sets_aside_are_counted()
    {
        await using var host = await RefusingAsync(await fixture.CreateDatabaseAsync(), Tables.Short);
        using var readings = new MeterReadings(host.Database.Name);
        await host.PutAsync("Refusing", Tables.Item("one", 1));
        await host.PutAsync("Refusing", Tables.Item("two", 1));

        await CarefullyAsync(host);

        readings.Values("extenddb.gsi.quarantined").Sum().Should().Be(2);
    }

    [Fact]
    public async Task Tags_name_database_table_index_and_outcome_and_never_an_item()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Tagged", Tables.Short);
        using var readings = new MeterReadings(host.Database.Name);

        for (var i = 0; i < 30; i++)
        {
            await host.PutAsync("Tagged", Tables.Item($"item-{i}", i, $"group-{i}"));
        }

        await Oracle.DrainedAsync(host);
        var counted = readings.All.ToList();
        GsiMetrics.Sampled(host.Database, await QueueReader.SampleAsync(host.Database, default));
        readings.Gauge("extenddb.gsi.pending").Should().NotBeNull();
        var all = counted.Concat(readings.All).ToList();
        all.SelectMany(r => r.Tags.Keys).Distinct().Should().BeSubsetOf(["db.namespace", "table", "index", "how", "way"]);
        all.Select(r => string.Join(' ', r.Tags.Values)).Distinct().Should().HaveCountLessThanOrEqualTo(3, "they do not depend on the items");
    }

    internal static async Task<PropagationHost> RefusingAsync(string database, TimeSpan delay)
    {
        var host = await PropagationHost.StartWithoutWorkerAsync(database);
        await Tables.CreateAsync(host, "Refusing", delay);
        await Oracle.ScalarAsync(host, """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'no such entry' USING ERRCODE = '23514';
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON extenddb.index_entries
                FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        return host;
    }

    internal static Task CarefullyAsync(PropagationHost host) => Waiting.UntilAsync(
        async () =>
        {
            var pace = new BatchSizer(4_000);
            pace.Failed(carefully: true);
            await host.Database.Batches.ApplyDueAsync(pace, default);
            return await Oracle.PendingAsync(host) == 0;
        },
        "the queue is drained");

    private static async Task BackdateAsync(PropagationHost host, TimeSpan lag)
    {
        await Oracle.ScalarAsync(host, "UPDATE extenddb.gsi_pending SET ready_at = clock_timestamp() - $1", lag);
        await host.Database.Lag.ReadAsync(default);
    }
}
