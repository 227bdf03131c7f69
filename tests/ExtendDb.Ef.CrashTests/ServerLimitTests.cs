using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

/// <summary>The server refuses for a while what it has no room, no connection or no time for.</summary>
public class ServerLimitTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    [LongFact]
    public async Task Writers_are_refused_when_no_connection_is_left_and_all_go_on_when_there_is_one()
    {
        var (seed, connectionString) = (SeededRandom.Printed(output).Seed, await fixture.CreateDatabaseAsync());
        await using var role = await LimitedRole.CreateAsync(connectionString);
        await using var client = new Client(role.ConnectionString);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var worker = await ExtendDbProcess.StartWorkerAsync(Sessions.Named(role.ConnectionString, "worker"));
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

        for (var round = 0; round < CrashRounds.Times(1); round++)
        {
            await load.WritesOnAsync(30);
            var before = load.Ledger.Unanswered;
            await role.LimitAsync(connections: 1);
            await Waiting.UntilAsync(() => load.Ledger.Unanswered > before + 10, "writers are refused");
            await role.LimitAsync(connections: -1);
        }

        await load.WritesOnAsync(30);
        await load.StopAsync();
        await sampler.StopAsync();
        output.WriteLine($"{load.Counts}, {sampler.Counts}.");
        await CrashOracle.CheckAsync(connectionString, load.Ledger);
        load.Ledger.FaultsMet.Should().Contain(PostgresErrorCodes.TooManyConnections);
        worker.HasExited.Should().BeFalse(worker.Errors);
    }

    [Fact]
    public async Task Writers_and_workers_that_run_out_of_time_at_held_rows_go_on_when_these_are_free()
    {
        var (seed, connectionString) = (SeededRandom.Printed(output).Seed, await fixture.CreateDatabaseAsync());
        await using var sessions = await Sessions.OpenAsync(connectionString);
        await sessions.ScalarAsync(
            $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} SET lock_timeout = '10ms'");
        await using var client = new Client(connectionString, lockTimeout: TimeSpan.FromMilliseconds(10));
        await Parcels.CreateAsync(client.ExtendDb);
        await using var worker = await ExtendDbProcess.StartWorkerAsync(connectionString);
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

        for (var round = 0; round < CrashRounds.Times(2); round++)
        {
            await load.WritesOnAsync(30);
            var (refused, failures) = (load.Ledger.Unanswered, Failures(worker));
            await using (await HeldRows.OfTableAsync(connectionString, "items"))
            {
                await Waiting.UntilAsync(
                    () => load.HasEnded || load.Ledger.Unanswered > refused, "writers run out of time");
            }

            await using (await HeldRows.OfEntriesAsync(connectionString))
            {
                await Waiting.UntilAsync(
                    () => load.HasEnded || Failures(worker) > failures, "the worker runs out of time");
            }
        }

        await load.WritesOnAsync(30);
        await load.StopAsync();
        await sampler.StopAsync();
        output.WriteLine($"The worker ran out of time {Failures(worker)} times, {load.Counts}, {sampler.Counts}.");
        await CrashOracle.CheckAsync(connectionString, load.Ledger);
    }

    [Fact]
    public async Task Writers_are_refused_while_the_disk_is_full_and_all_go_on_when_there_is_room()
    {
        var seed = SeededRandom.Printed(output).Seed;
        await using var disk = await SmallDisk.MountAsync();
        output.WriteLine(disk.IsReal
            ? "The disk was a tmpfs."
            : "Nothing can be mounted here: triggers raised the error of a full disk.");
        await using var client = new Client(disk.ConnectionString);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var worker = await ExtendDbProcess.StartWorkerAsync(disk.ConnectionString);
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 4, seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

        for (var round = 0; round < CrashRounds.Times(1); round++)
        {
            await load.WritesOnAsync(30);
            var before = load.Ledger.Unanswered;
            await disk.FillAsync();
            await Waiting.UntilAsync(() => load.Ledger.Unanswered > before + 10, "writers are refused");
            await disk.EmptyAsync();
        }

        await load.WritesOnAsync(30);
        await load.StopAsync();
        await sampler.StopAsync();
        output.WriteLine($"{load.Counts}, {sampler.Counts}.");
        await CrashOracle.CheckAsync(disk.ConnectionString, load.Ledger);
        load.Ledger.FaultsMet.Should().Contain(PostgresErrorCodes.DiskFull);
        worker.HasExited.Should().BeFalse(worker.Errors);
    }

    private static int Failures(ExtendDbProcess worker) =>
        worker.Errors.Split(PostgresErrorCodes.LockNotAvailable).Length - 1;
}
