using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests.Streams;

public class StreamKillPointTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    [Theory]
    [InlineData(KillPoint.StreamLocked)]
    [InlineData(KillPoint.StreamNumbered)]
    public async Task Worker_killed_while_it_gives_numbers_leaves_each_record_to_be_numbered_once(string point)
    {
        for (var round = 0; round < CrashRounds.Times(1); round++)
        {
            var random = SeededRandom.Printed(output);
            var killAt = $"{point}:{1 + random.Next(12)}";
            var database = await fixture.CreateDatabaseAsync();
            await using var client = new Client(database);
            await Parcels.CreateStreamedAsync(client.ExtendDb);
            await using var load = ParcelLoad.Start(
                client.ExtendDb, drivers: 4, random.Seed, saved: new SavedParcels(client.CreateContext));

            // A reader would give the numbers itself: until the kill there is none.
            await using (var victim = ExtendDbProcess.StartWorkerToDie(database, killAt))
            {
                (await victim.ExitCodeAsync()).Should().Be(ExtendDbProcess.Killed, "it reached {0}: {1}", killAt, victim.Errors);
            }

            await using var follower = await StreamFollower.StartAsync(client.ExtendDb, Parcels.Table);
            await using var next = await InProcessWorker.StartAsync(database);
            await load.WritesOnAsync(30);
            await load.StopAsync();
            await follower.StopAsync();
            var records = await StreamOracle.CheckAsync(database, Parcels.Table, follower.Places);
            output.WriteLine($"Killed at {killAt}: {records} records, {load.Counts}");
            await CrashOracle.CheckAsync(database, load.Ledger);
        }
    }
}
