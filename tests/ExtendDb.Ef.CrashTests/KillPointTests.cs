using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class KillPointTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    [Theory]
    [InlineData(KillPoint.WorkerLocked)]
    [InlineData(KillPoint.WorkerClaimed)]
    [InlineData(KillPoint.WorkerApplied)]
    [InlineData(KillPoint.WorkerCommitted)]
    public async Task Worker_killed_at_any_step_leaves_to_the_next_what_it_has_not_committed(string point)
    {
        for (var round = 0; round < CrashRounds.Times(1); round++)
        {
            var (seed, killAt) = Draw(point, most: 12);
            var database = await fixture.CreateDatabaseAsync();
            await using var client = new Client(database);
            await Parcels.CreateAsync(client.ExtendDb);
            await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed);
            await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

            await using (var victim = ExtendDbProcess.StartWorkerToDie(database, killAt))
            {
                (await victim.ExitCodeAsync()).Should().Be(ExtendDbProcess.Killed, "it reached {0}: {1}", killAt, victim.Errors);
            }

            await using var next = await InProcessWorker.StartAsync(database);
            await MoreWritesAsync(load.Ledger, sampler);
            await load.StopAsync();
            await CrashOracle.CheckAsync(database, load.Ledger);
            await StopAsync(sampler, load.Ledger);
        }
    }

    [Theory]
    [InlineData(KillPoint.WriterLocked)]
    [InlineData(KillPoint.WriterSaved)]
    [InlineData(KillPoint.WriterCommitted)]
    public async Task Writer_killed_at_any_step_has_written_an_item_with_its_entries_or_nothing(string point)
    {
        for (var round = 0; round < CrashRounds.Times(1); round++)
        {
            var (seed, killAt) = Draw(point, most: 40);
            var database = await fixture.CreateDatabaseAsync();
            await using var client = new Client(database);
            await Parcels.CreateAsync(client.ExtendDb);
            await using var worker = await InProcessWorker.StartAsync(database);

            // What another process has begun is known here a moment later than it can be seen, so nothing is too new.
            await using var sampler = IndexSampler.Start(client.ExtendDb, Parcels.Sampled(_ => long.MaxValue));
            var ledger = new Ledger();
            await using (var victim = LoadProcess.Start(database, firstDriver: 1, seed, ledger, killAt))
            {
                var (exitCode, errors) = await victim.EndAsync();
                exitCode.Should().Be(ExtendDbProcess.Killed, "it reached {0}: {1}", killAt, errors);
                ledger.Unanswered.Should().BeInRange(1, LoadProcess.Drivers, "each driver does one thing at a time");
            }

            await using var next = LoadProcess.Start(database, firstDriver: 1 + LoadProcess.Drivers, seed + 1, ledger);
            await MoreWritesAsync(ledger, sampler);
            (await next.StopAsync()).Should().Be((0, string.Empty));
            await CrashOracle.CheckAsync(database, ledger);
            await StopAsync(sampler, ledger);
        }
    }

    private static async Task MoreWritesAsync(Ledger ledger, IndexSampler sampler)
    {
        var before = ledger.Acknowledged;
        await Waiting.UntilAsync(
            () => sampler.HasEnded || (ledger.Acknowledged > before + 30 && sampler.Changes > 0),
            "more is written after the kill, and seen");
    }

    private (int Seed, string KillAt) Draw(string point, int most)
    {
        var random = SeededRandom.Printed(output);
        var killAt = $"{point}:{1 + random.Next(most)}";
        output.WriteLine($"Killed at {killAt}.");
        return (random.Seed, killAt);
    }

    private async Task StopAsync(IndexSampler sampler, Ledger ledger)
    {
        await sampler.StopAsync();
        sampler.Changes.Should().BePositive("there was something to see");
        output.WriteLine(
            $"{ledger.Acknowledged} writes acknowledged, {ledger.Unanswered} unanswered; {sampler.Samples} samples with {sampler.Changes} changes.");
    }
}
