using ExtendDb.Ef.Local;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class KilledWorkerTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private int _written;

    [Fact]
    public async Task Worker_killed_between_claim_and_commit_leaves_the_markers_for_the_next()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);
        await using (await ExtendDbProcess.StartWorkerAsync(connectionString))
        {
            await orders.PutAsync(1, 1, total: 10);
            await orders.DrainedAsync();
        }

        // The entry of the item is held, so the next worker stops at it: after its claim, before its commit.
        await using var holder = new NpgsqlConnection(connectionString);
        await holder.OpenAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await Sql.ExecuteAsync(holder, "SELECT FROM extenddb.index_entries FOR UPDATE");
        await orders.PutAsync(1, 1, total: 11);
        var killed = await ExtendDbProcess.StartWorkerAsync(connectionString);
        await LockWaits.UntilAnyAsync(
            connectionString, "the worker waits for the entry", statement: "extenddb.index_entries");

        await killed.KillAsync();
        await hold.RollbackAsync();
        var left = await orders.PendingAsync();
        await using var next = await InProcessWorker.StartAsync(connectionString);
        await orders.DrainedAsync();

        left.Should().Be(1);
        (await orders.DivergentAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Killing_one_of_two_workers_again_and_again_loses_nothing()
    {
        var random = SeededRandom.Printed(output);
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);
        await using var steady = await InProcessWorker.StartAsync(connectionString);
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            () => WriteAsync(connectionString, new Random(random.Seed + writer + 1), stop.Token))));

        for (var round = 0; round < CrashRounds.Times(4); round++)
        {
            await using var victim = await ExtendDbProcess.StartWorkerAsync(connectionString);
            var writes = Volatile.Read(ref _written) + random.Next(60);
            await Waiting.UntilAsync(() => writing.IsCompleted || Volatile.Read(ref _written) >= writes, "some more is written");
            await victim.KillAsync();
        }

        await stop.CancelAsync();
        await writing;
        await orders.DrainedAsync();
        (await orders.DivergentAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Server_stopped_in_the_middle_of_everything_comes_back_with_every_index_right()
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true });
        await Migrations.ExtendDbMigrator.MigrateAsync(server.ConnectionString);
        var acknowledged = new List<int>();
        await using (var orders = await Orders.CreateAsync(server.ConnectionString))
        await using (await ExtendDbProcess.StartWorkerAsync(server.ConnectionString))
        {
            var writing = Task.Run(async () =>
            {
                for (var number = 0; ; number++)
                {
                    await orders.PutAsync(1, number, total: number);
                    lock (acknowledged)
                    {
                        acknowledged.Add(number);
                    }
                }
            });
            await Waiting.UntilAsync(() => acknowledged.Count > 200, "some writes are acknowledged");
            await server.StopImmediatelyAsync();
            await server.StartAgainAsync();
            await writing.ContinueWith(_ => { }, TaskScheduler.Default);

            NpgsqlConnection.ClearAllPools();
            await using var again = Orders.Open(server.ConnectionString);
            await again.DrainedAsync();
            (await again.DivergentAsync()).Should().Be(0);
            again.Context.Items.Count().Should().BeGreaterThanOrEqualTo(acknowledged.Count);
        }
    }

    [Fact]
    public async Task Worker_told_to_stop_under_load_ends_within_five_seconds_and_loses_nothing()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(
            () => WriteAsync(connectionString, new Random(seed), stop.Token))));

        await using var worker = await ExtendDbProcess.StartWorkerAsync(connectionString);
        await Waiting.UntilAsync(
            () => orders.Context.IndexEntries.AnyAsync(), "the worker is in the middle of its work");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        worker.Terminate();
        var exitCode = await worker.ExitCodeAsync();
        var took = clock.Elapsed;
        await stop.CancelAsync();
        await writing;
        await using var next = await InProcessWorker.StartAsync(connectionString);
        await orders.DrainedAsync();

        exitCode.Should().Be(0, worker.Errors);
        took.Should().BeLessThan(TimeSpan.FromSeconds(5));
        (await orders.DivergentAsync()).Should().Be(0);
    }

    private async Task WriteAsync(string connectionString, Random random, CancellationToken stop)
    {
        await using var orders = Orders.Open(connectionString);

        // Not as fast as it can: the processes that are watched need the processor too.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            var (customer, number) = (random.Next(3), random.Next(10));
            await (random.Next(4) == 0
                ? orders.DeleteAsync(customer, number)
                : orders.PutAsync(customer, number, total: random.Next(100)));
            Interlocked.Increment(ref _written);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
