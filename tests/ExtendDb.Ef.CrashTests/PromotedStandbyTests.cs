using ExtendDb.Ef.Local;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class PromotedStandbyTests(ITestOutputHelper output)
{
    private const int Drivers = 4;

    [Fact]
    public async Task Items_and_indexes_agree_on_a_standby_that_was_promoted_and_all_go_on_there()
    {
        var seed = SeededRandom.Printed(output).Seed;
        await using var primary = await PrimaryAsync();
        await using var standby = await Standby.StartAsync(primary);
        await using var client = new Client(standby.Either(primary));
        await using var worker = await ExtendDbProcess.StartWorkerAsync(standby.Either(primary));
        await using var before = ParcelLoad.Start(client.ExtendDb, Drivers, seed);
        await before.WritesOnAsync(CrashRounds.Times(150));

        await primary.StopImmediatelyAsync();
        await before.StopAsync();
        await standby.PromoteAsync();
        await using var after = ParcelLoad.Start(client.ExtendDb, Drivers, seed + Drivers, first: Drivers + 1);
        await using var sampler = IndexSampler.Start(client.ExtendDb, Parcels.Sampled(_ => long.MaxValue));
        await after.WritesOnAsync(CrashRounds.Times(100));
        await after.StopAsync();
        await sampler.StopAsync();

        output.WriteLine($"{before.Counts} before, {after.Counts} after, {sampler.Counts}.");
        await CrashOracle.CheckAsync(standby.ConnectionString, after.Ledger);
        worker.HasExited.Should().BeFalse(worker.Errors);
        await using var orders = Orders.Open(standby.ConnectionString);
        (await orders.Context.IndexEntries.AnyAsync(entry => entry.SizeBytes > 0)).Should().BeTrue();
    }

    [LongFact]
    public async Task Synchronous_standby_that_was_promoted_has_every_acknowledged_write()
    {
        var seed = SeededRandom.Printed(output).Seed;
        await using var primary = await PrimaryAsync();
        await using var standby = await Standby.StartAsync(primary);
        await Standby.MakeSynchronousAsync(primary);
        await using var client = new Client(standby.Either(primary));
        await using var worker = await ExtendDbProcess.StartWorkerAsync(standby.Either(primary));
        await using var load = ParcelLoad.Start(client.ExtendDb, Drivers, seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);
        await load.WritesOnAsync(CrashRounds.Times(150));

        await primary.StopImmediatelyAsync();
        sampler.StartAnew();
        await standby.PromoteAsync();
        await load.WritesOnAsync(CrashRounds.Times(100));
        await load.StopAsync();
        await sampler.StopAsync();

        output.WriteLine($"{load.Counts}, {sampler.Counts}.");
        await CrashOracle.CheckAsync(standby.ConnectionString, load.Ledger);
        worker.HasExited.Should().BeFalse(worker.Errors);
    }

    private static async Task<LocalPostgres> PrimaryAsync()
    {
        var primary = await LocalPostgres.StartAsync(new() { Fsync = true });
        await Migrations.ExtendDbMigrator.MigrateAsync(primary.ConnectionString);
        await using var orders = Orders.Open(primary.ConnectionString);
        await Parcels.CreateAsync(orders.ExtendDb);
        return primary;
    }
}
