using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class StoppedServerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Server_that_crashes_again_and_again_has_every_acknowledged_write_and_nobody_must_be_started_anew()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var random = new Random(seed);
        await using var server = await LocalPostgres.StartAsync(new() { Fsync = true });
        await Migrations.ExtendDbMigrator.MigrateAsync(server.ConnectionString);
        await using var client = new Client(server.ConnectionString);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var worker = await ExtendDbProcess.StartWorkerAsync(server.ConnectionString);
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

        var crashes = CrashRounds.Times(2);
        for (var crash = 0; crash < crashes; crash++)
        {
            await load.WritesOnAsync(30 + random.Next(30));
            await server.StopImmediatelyAsync();
            sampler.StartAnew();
            await server.StartAgainAsync();
        }

        await load.WritesOnAsync(30);
        await load.StopAsync();
        await sampler.StopAsync();
        output.WriteLine($"{crashes} crashes, {load.Counts}, {sampler.Counts}.");
        await CrashOracle.CheckAsync(server.ConnectionString, load.Ledger);
        worker.HasExited.Should().BeFalse(worker.Errors);
        load.Ledger.Unanswered.Should().BePositive("writers were at work when it crashed");
    }
}
