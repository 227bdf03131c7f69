using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

[Collection(AloneCollection.Name)]
public class WorkerTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Idle_worker_holds_no_transaction_and_no_lock()
    {
        await using var observer = await PropagationHost.StartWithoutWorkerAsync(fixture.ConnectionString);
        await using var worker = await PropagationHost.StartAsync(fixture.ConnectionString);
        await Tables.CreateAsync(worker, "Idle", Tables.Short, TimeSpan.FromMinutes(10));
        await worker.PutAsync("Idle", Tables.Item("one", 1));

        // A poll may be under way when it is looked at; what lasts longer than a poll is held while waiting.
        var held = new HashSet<string>();
        await Waiting.TakesAsync(
            async () =>
            {
                var seen = await Oracle.ScalarAsync(
                    observer,
                    """
                    SELECT string_agg(format('%s %s %s', a.state, l.mode, a.query), '; ')
                    FROM pg_stat_activity AS a
                    LEFT JOIN pg_locks AS l ON l.pid = a.pid AND l.locktype <> 'virtualxid'
                    WHERE a.application_name = $1 AND a.xact_start < clock_timestamp() - interval '250 ms'
                    """,
                    worker.ApplicationName);
                held.UnionWith(seen is string text ? [text] : []);
                return false;
            },
            TimeSpan.FromSeconds(3));

        held.Should().BeEmpty();
    }

    [Fact]
    public async Task Worker_goes_on_after_its_connections_were_terminated()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var writer = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        await Tables.CreateAsync(writer, "Terminated", Tables.Short);
        await using var worker = await PropagationHost.StartAsync(connectionString);

        var terminated = 0L;
        for (var i = 0; i < 300; i++)
        {
            await writer.PutAsync("Terminated", Tables.Item($"item-{i % 60}", i));
            if (i % 10 == 0)
            {
                terminated += (long)(await Oracle.ScalarAsync(
                    writer,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1",
                    worker.ApplicationName))!;
            }
        }

        terminated.Should().BePositive();
        await Oracle.DrainedAndExactAsync(writer);
    }

    [Fact]
    public async Task Worker_stops_within_5_s_under_a_full_backlog_and_the_next_one_drains_it()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var observer = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        var table = await Tables.CreateAsync(observer, "Backlog", Tables.Short, Tables.Short);
        await Backlog.AddItemsAsync(observer, table, 50_000);
        await Backlog.AddMarkersAsync(observer, table, 50_000);
        var worker = await PropagationHost.StartAsync(connectionString);
        await Waiting.UntilAsync(async () => await Oracle.PendingAsync(observer) < 50_000, "the worker has begun");

        var took = await worker.StopAsync();
        await worker.DisposeAsync();

        took.Should().BeLessThan(TimeSpan.FromSeconds(5));
        (await Oracle.PendingAsync(observer)).Should().BePositive("otherwise the backlog was too small to tell");
        await using var next = await PropagationHost.StartAsync(connectionString);
        await Oracle.DrainedAndExactAsync(observer);
    }

    [Fact]
    public async Task Worker_stops_within_5_s_while_a_batch_waits_for_a_lock()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var observer = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        await Tables.CreateAsync(observer, "Blocked", Tables.Short);
        await observer.PutAsync("Blocked", Tables.Item("one", 1));
        await Oracle.ApplyAllAndExactAsync(observer);
        await using var blocker = await observer.Database.Connections.OpenAsync(CancellationToken.None);
        await using var blocking = await blocker.BeginTransactionAsync();
        await Sql.ScalarAsync(blocker, "SELECT 1 FROM extenddb.index_entries FOR UPDATE");
        await observer.PutAsync("Blocked", Tables.Item("one", 2));
        await using var worker = await PropagationHost.StartAsync(connectionString);
        await Oracle.WaitingForLockAsync(worker, observer);

        var took = await worker.StopAsync();

        took.Should().BeLessThan(TimeSpan.FromSeconds(5));
        (await Oracle.PendingAsync(observer)).Should().Be(1);
        await blocking.RollbackAsync();
        await Oracle.ApplyAllAndExactAsync(observer);
    }
}
