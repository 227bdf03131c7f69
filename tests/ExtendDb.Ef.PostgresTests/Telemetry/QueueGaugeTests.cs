using ExtendDb.Ef.Hosting;
using ExtendDb.Ef.PostgresTests.IndexLifecycle;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

public sealed class QueueGaugeTests(ExtendDbFixture fixture)
    : IClassFixture<ExtendDbFixture>, IAsyncLifetime, IDisposable
{
    private PropagationHost? _host;
    private MeterReadings? _readings;

    private PropagationHost Host => _host!;

    public async Task InitializeAsync()
    {
        _host = await PropagationHost.StartWithoutWorkerAsync(
            await fixture.CreateDatabaseAsync(), options => options.MonitorInterval = TimeSpan.FromHours(1));
        _readings = new(Host.Database.Name);
        await Tables.CreateAsync(Host, "Gauged", Tables.Short, ChangedDelay.Day);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    public void Dispose() => _readings?.Dispose();

    [Fact]
    public async Task Pending_and_lag_are_those_of_each_index()
    {
        for (var i = 0; i < 3; i++)
        {
            await Host.PutAsync("Gauged", Tables.Item($"item-{i}", i));
        }

        await Oracle.ScalarAsync(Host, """
            UPDATE extenddb.gsi_pending SET ready_at = now() - interval '1000 s' WHERE ready_at < now() + interval '1 hour'
            """);

        await BecomesAsync("extenddb.gsi.pending", "ByGroup0", value => value == 3);
        await BecomesAsync("extenddb.gsi.pending", "ByGroup1", value => value == 3);
        await BecomesAsync("extenddb.gsi.lag", "ByGroup0", value => value is >= 1_000 and < 1_100);
        await BecomesAsync("extenddb.gsi.lag", "ByGroup1", value => value == 0);
    }

    [Fact]
    public async Task Quarantine_is_that_of_each_index()
    {
        await Oracle.ScalarAsync(Host, """
            INSERT INTO extenddb.gsi_quarantine
            SELECT i.id, md5(n::text)::uuid, '', i.table_id, 'XX000', 'test', 1, now(), now(), 'infinity',
                   get_byte(decode(md5(n::text), 'hex'), 0) >> 2
            FROM extenddb.secondary_indexes AS i CROSS JOIN generate_series(1, 4) AS n
            WHERE i.name = 'ByGroup1'
            """);

        await BecomesAsync("extenddb.gsi.quarantine", "ByGroup1", value => value == 4);
        await BecomesAsync("extenddb.gsi.quarantine", "ByGroup0", value => value == 0);
    }

    [Fact]
    public async Task Backfill_progress_is_the_share_of_the_walk_and_only_of_an_index_that_is_being_created()
    {
        await Host.Db.UpdateTableAsync(AddedIndex.Create("Gauged"));
        await BecomesAsync("extenddb.gsi.backfill.progress", AddedIndex.Name, value => value == 0);

        await Oracle.ScalarAsync(Host, """
            UPDATE extenddb.secondary_indexes
            SET backfill_phase = 'WALKING', backfilled_at = now(),
                backfill_hash = '40000000-0000-0000-0000-000000000000', backfill_sort = ''
            WHERE status = 'CREATING'
            """);

        await BecomesAsync("extenddb.gsi.backfill.progress", AddedIndex.Name, value => value is > 0.24 and < 0.26);
        _readings!.Gauge("extenddb.gsi.backfill.progress", "ByGroup0").Should().BeNull();
    }

    [Fact]
    public async Task Horizon_is_as_old_as_the_oldest_transaction_that_holds_back_vacuum()
    {
        await BecomesAsync("extenddb.gsi.horizon.age", null, value => value is >= 0 and < 1);
        await using var holder = await Host.Database.Connections.OpenAsync(default);
        await using var open = await holder.BeginTransactionAsync();
        await Sql.ScalarAsync(holder, "SELECT pg_current_xact_id()");

        await BecomesAsync("extenddb.gsi.horizon.age", null, value => value is > 1.2 and < 60);
        await open.RollbackAsync();

        await BecomesAsync("extenddb.gsi.horizon.age", null, value => value is >= 0 and < 1);
    }

    [Fact]
    public async Task Divergent_is_what_the_last_verification_found()
    {
        var table = await Host.Db.GetTableDefinitionAsync("Gauged");
        await WrittenItems.AddAsync(Host, table, Enumerable.Range(0, 5).Select(i => Tables.Item($"item-{i}", i)));
        await WrittenItems.RemoveEntriesAsync(Host, table, "ByGroup1", 0, 1, 2);

        VerificationWorker.Report(Host.Database, await Oracle.VerifyAsync(Host));

        _readings!.Gauge("extenddb.gsi.divergent", "ByGroup1").Should().Be(3);
        _readings!.Gauge("extenddb.gsi.divergent", "ByGroup0").Should().Be(0);
    }

    [Fact]
    public async Task Gauges_of_a_host_that_has_stopped_have_no_value()
    {
        await BecomesAsync("extenddb.gsi.pending", "ByGroup0", value => value == 0);

        await Host.StopAsync();

        _readings!.Gauge("extenddb.gsi.pending", "ByGroup0").Should().BeNull();
    }

    /// <summary>Reads the queue as the monitor does, which comes too seldom on a loaded machine, until a gauge is right.</summary>
    private Task BecomesAsync(string gauge, string? index, Func<double, bool> expected) => Waiting.UntilAsync(
        async () =>
        {
            GsiMetrics.Sampled(Host.Database, await QueueReader.SampleAsync(Host.Database, default));
            return _readings!.Gauge(gauge, index) is { } value && expected(value);
        },
        $"{gauge} is right");
}
