using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class LagReaderTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private readonly JumpingTime _time = new();
    private PropagationHost? _host;

    private PropagationHost Host => _host!;

    private LagReader Lag => Host.Database.Lag;

    public async Task InitializeAsync() => _host = await PropagationHost.StartWithoutWorkerAsync(
        await fixture.CreateDatabaseAsync(), time: _time);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Each_index_lags_by_its_own_oldest_due_marker()
    {
        var one = await Tables.CreateAsync(Host, "One", Tables.Short, Tables.Short);
        var two = await Tables.CreateAsync(Host, "Two", Tables.Short);
        await EnqueueAsync(one, 10, 300, one.Indexes[0].Id, one.Indexes[1].Id);
        await EnqueueAsync(one, 11, 500, one.Indexes[1].Id);
        await EnqueueAsync(two, 12, 100, two.Indexes[0].Id);
        await EnqueueAsync(two, 13, -900, two.Indexes[0].Id);

        var lag = await Lag.ReadAsync(default);

        Seconds(lag.Of(one.Indexes[0])).Should().BeInRange(300, 320);
        Seconds(lag.Of(one.Indexes[1])).Should().BeInRange(500, 520);
        Seconds(lag.Of(two)).Should().BeInRange(100, 120);
        Seconds(lag.Of(one)).Should().Be(Seconds(lag.Of(one.Indexes[1]))).And.Be(Seconds(lag.Most));
    }

    [Fact]
    public async Task Index_whose_markers_are_not_due_does_not_lag()
    {
        var table = await Tables.CreateAsync(Host, "Early", TimeSpan.FromDays(1));
        await Host.PutAsync("Early", Tables.Item("one", 1));

        var lag = await Lag.ReadAsync(default);

        (lag.Of(table), lag.Most, lag.Oldest.Count).Should().Be((TimeSpan.Zero, TimeSpan.Zero, 0));
    }

    [Theory]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(3_000)]
    public async Task Index_behind_the_oldest_500_markers_of_a_slot_lags_at_most_as_they_do(int ahead)
    {
        var busy = await Tables.CreateAsync(Host, "Busy", Tables.Short);
        var behind = await Tables.CreateAsync(Host, "Behind", Tables.Short);
        await Oracle.ScalarAsync(Host, $"""
            INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
            SELECT 3, now() - interval '1 hour' + n * interval '1 s', {busy.Id},
                   encode(set_byte(decode(md5(n::text), 'hex'), 0, 3 << 2), 'hex')::uuid, '', ARRAY[{busy.Indexes[0].Id}]
            FROM generate_series(1, {ahead}) AS n
            """);
        await EnqueueAsync(behind, 3, 5, behind.Indexes[0].Id);

        var lag = await Lag.ReadAsync(default);

        Seconds(lag.Of(busy)).Should().BeInRange(3_599, 3_620);
        var expected = ahead < 500 ? 5 : 3_100;
        Seconds(lag.Of(behind)).Should().BeInRange(expected, expected + 20, "what it really is, or the most it can be");
    }

    [Fact]
    public async Task Drained_queue_does_not_lag_and_a_marker_that_commits_late_is_found_by_the_next_sweep()
    {
        var table = await Tables.CreateAsync(Host, "Late", Tables.Short);
        await EnqueueAsync(table, 3, 60, table.Indexes[0].Id);
        await Lag.ReadAsync(default);
        await Oracle.ScalarAsync(Host, "DELETE FROM extenddb.gsi_pending");
        var drained = await Lag.ReadAsync(default);
        await EnqueueAsync(table, 3, 60, table.Indexes[0].Id);

        _time.Jump(TimeSpan.FromMinutes(2));
        var late = await Lag.ReadAsync(default);

        drained.Most.Should().Be(TimeSpan.Zero);
        Seconds(late.Of(table)).Should().BeInRange(60, 80);
    }

    [Fact]
    public async Task Many_who_ask_at_once_cause_one_reading()
    {
        await Lag.ReadAsync(default);

        // On a busy machine that reading took long; the next sweep would then go on in the background, as a second reading.
        Host.Database.Hints.Swept(TimeSpan.Zero);
        _time.Jump(TimeSpan.FromMinutes(2));
        using var trips = new RoundTrips();
        await using var blocker = await HoldQueueAsync();

        var asked = Enumerable.Range(0, 10).Select(_ => Lag.RecentAsync(default).AsTask()).ToList();
        await Oracle.WaitingForLockAsync(Host, Host);
        await blocker.DisposeAsync();
        var lags = await Task.WhenAll(asked);

        lags.Distinct().Should().ContainSingle();
        trips.Commands.Count(command => command.Contains(Statements.GsiPendingLag, StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Whom_a_reading_of_this_second_is_new_enough_does_not_wait_for_who_reads()
    {
        var table = await Tables.CreateAsync(Host, "Recent", Tables.Short);
        await EnqueueAsync(table, 3, 60, table.Indexes[0].Id);
        var first = await QuickReadingAsync();
        await using var blocker = await HoldQueueAsync();
        _time.Jump(TimeSpan.FromMilliseconds(400));
        var reading = Lag.RecentAsync(default).AsTask();
        await Oracle.WaitingForLockAsync(Host, Host);

        var recent = await Lag.RecentAsync(default).AsTask().WaitAsync(TestDeadline.Usual);

        recent.Should().BeSameAs(first);
        reading.IsCompleted.Should().BeFalse();
        await blocker.DisposeAsync();
        (await reading).Should().NotBeSameAs(first);
    }

    [Fact]
    public async Task Reading_that_is_new_is_used_again()
    {
        var first = await QuickReadingAsync();

        (await Lag.RecentAsync(default)).Should().BeSameAs(first);
        await using var held = await Host.Database.Connections.OpenAsync(default);
        (await Lag.RecentAsync(held, default)).Should().BeSameAs(first);
    }

    [Fact]
    public async Task Reading_over_a_connection_that_is_held_says_the_same()
    {
        var table = await Tables.CreateAsync(Host, "Sync", Tables.Short);
        await EnqueueAsync(table, 3, 60, table.Indexes[0].Id);

        await using var held = await Host.Database.Connections.OpenAsync(default);
        var lag = await Lag.RecentAsync(held, default);

        Seconds(lag!.Of(table)).Should().BeInRange(60, 80);
    }

    private static double Seconds(TimeSpan lag) => lag.TotalSeconds;

    /// <summary>Reads so quickly that no rest follows which a loaded machine could stretch into the test.</summary>
    private async Task<LagReading> QuickReadingAsync()
    {
        LagReading? lag = null;
        await Waiting.UntilAsync(
            async () =>
            {
                var began = TimeProvider.System.GetTimestamp();
                lag = await Lag.ReadAsync(default);
                return TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMilliseconds(10);
            },
            "a reading is quick");
        return lag!;
    }

    /// <summary>Adds a marker that is overdue by some seconds.</summary>
    private Task<object?> EnqueueAsync(TableDefinition table, short slot, int overdue, params int[] indexes) => Oracle.ScalarAsync(
        Host,
        """
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT $1, now() - $2 * interval '1 s', $3, encode(set_byte(decode(md5($2::text), 'hex'), 0, $1 << 2), 'hex')::uuid, '', $4
        """,
        slot,
        overdue,
        table.Id,
        indexes);

    private async Task<NpgsqlConnection> HoldQueueAsync()
    {
        var holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Host.ConnectionString)
        {
            ApplicationName = "holder",
            Pooling = false,
        }.ConnectionString);
        await holder.OpenAsync();
        await holder.BeginTransactionAsync();
        await Sql.ScalarAsync(holder, "LOCK TABLE extenddb.gsi_pending IN ACCESS EXCLUSIVE MODE");
        return holder;
    }
}
