using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class CutCommitTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Workers_and_writers_whose_connections_are_cut_around_their_commits_lose_and_double_nothing()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var direct = new Client(connectionString);
        await Parcels.CreateAsync(direct.ExtendDb);
        await using var workers = CommitCutter.Start(connectionString, new Random(seed), oneOf: 3);
        await using var writers = CommitCutter.Start(connectionString, new Random(seed + 1), oneOf: 10);
        await using var client = new Client(writers.ConnectionString);
        await using var first = await InProcessWorker.StartAsync(workers.ConnectionString);
        await using var second = await InProcessWorker.StartAsync(Sessions.Named(workers.ConnectionString, "second"));
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed);
        await using var sampler = IndexSampler.Start(direct.ExtendDb, load.Sampled);

        await load.WritesOnAsync(CrashRounds.Times(200));
        await sampler.SeesChangesAsync();
        await load.StopAsync();
        await Waiting.UntilAsync(() => workers is { Swallowed: > 0, Withheld: > 0 }, "workers were cut in both ways");
        await sampler.StopAsync();

        output.WriteLine(
            $"Workers: {workers.Swallowed} commits not answered, {workers.Withheld} not done; writers: {writers.Swallowed}, "
            + $"{writers.Withheld}; {load.Counts}, {sampler.Counts}.");
        await CrashOracle.CheckAsync(connectionString, load.Ledger);
        sampler.Changes.Should().BePositive("there was something to see");
    }
}
