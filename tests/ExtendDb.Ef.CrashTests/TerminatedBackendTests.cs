using System.Diagnostics;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class TerminatedBackendTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const string Worker = "worker";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Connections_ended_at_random_lose_nothing_and_stop_nobody()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var random = new Random(seed);
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var sessions = await Sessions.OpenAsync(connectionString);
        await using var client = new Client(connectionString);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var first = await ExtendDbProcess.StartWorkerAsync(connectionString);
        await using var second = await InProcessWorker.StartAsync(connectionString);
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

        var ended = 0;
        for (var round = 0; round < CrashRounds.Times(10); round++)
        {
            await load.WritesOnAsync(random.Next(20));
            ended += await sessions.TerminateSomeAsync(2, random);
        }

        await load.WritesOnAsync(30);
        await sampler.SeesChangesAsync();
        await load.StopAsync();
        await sampler.StopAsync();
        output.WriteLine($"{ended} connections ended, {load.Counts}, {sampler.Counts}.");
        await CrashOracle.CheckAsync(connectionString, load.Ledger);
        ended.Should().BeGreaterThan(5);
        load.Ledger.Unanswered.Should().BePositive("some of them were writers'");
        sampler.Changes.Should().BePositive("there was something to see");
    }

    [Fact]
    public async Task Worker_whose_connection_ends_in_the_middle_of_a_batch_applies_it_soon_after()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var sessions = await Sessions.OpenAsync(connectionString);
        await using var orders = await Orders.CreateAsync(connectionString);
        await using var worker = await ExtendDbProcess.StartWorkerAsync(Sessions.Named(connectionString, Worker));
        await orders.PutAsync(1, 1, total: 0);
        await orders.DrainedAsync();

        var longest = TimeSpan.Zero;
        for (var round = 1; round <= CrashRounds.Times(2); round++)
        {
            await using (var hold = await HeldRows.OfEntriesAsync(connectionString))
            {
                await orders.PutAsync(1, 1, total: round);
                await Waiting.UntilAsync(
                    () => sessions.AnyWaitsForLockAsync(Worker), "the worker is at the entry that is held");
                await sessions.TerminateAsync(Worker);
            }

            var clock = Stopwatch.StartNew();
            await orders.DrainedAsync();
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
        }

        output.WriteLine($"The longest took {longest.TotalMilliseconds:N0} ms.");
        longest.Should().BeLessThan(Soon);
        await CrashOracle.CheckAsync(connectionString);
    }

    [LongFact]
    public async Task Worker_that_lost_all_its_connections_leaves_no_slot_behind()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var sessions = await Sessions.OpenAsync(connectionString);
        await using var orders = await Orders.CreateAsync(connectionString);
        await using var worker = await ExtendDbProcess.StartWorkerAsync(Sessions.Named(connectionString, Worker));

        var longest = TimeSpan.Zero;
        for (var round = 1; round <= CrashRounds.Times(2); round++)
        {
            for (var number = 0; number < 100; number++)
            {
                await orders.PutAsync(number, 1, total: round);
            }

            await sessions.TerminateAsync(Worker);
            var clock = Stopwatch.StartNew();
            await orders.DrainedAsync();
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
        }

        output.WriteLine($"The longest took {longest.TotalMilliseconds:N0} ms.");
        longest.Should().BeLessThan(Soon);
        await CrashOracle.CheckAsync(connectionString);
    }
}
