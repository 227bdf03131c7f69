using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests.Streams;

public class StreamLedgerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_change_is_read_and_handled_once_and_in_order_whoever_is_killed_and_however_often_the_server_crashes()
    {
        var random = SeededRandom.Printed(output);
        await using var server = await LocalPostgres.StartAsync(new() { Fsync = true });
        await Migrations.ExtendDbMigrator.MigrateAsync(server.ConnectionString);
        await using var client = new Client(server.ConnectionString);
        await Parcels.CreateStreamedAsync(client.ExtendDb);
        await ParcelCopy.CreateAsync(client.ExtendDb);
        await using var follower = await StreamFollower.StartAsync(client.ExtendDb, Parcels.Table);
        await using var crew = await StreamCrew.StartAsync(server.ConnectionString, random);

        var crashes = CrashRounds.Times(3);
        for (var crash = 0; crash < crashes; crash++)
        {
            await crew.WritesOnAsync(50 + random.Next(50));
            await crew.ReplaceAsync();
            await crew.WritesOnAsync(30 + random.Next(50));
            await server.StopImmediatelyAsync();
            await server.StartAgainAsync();
        }

        await crew.WritesOnAsync(50);
        (await crew.StopWritersAsync()).Should().BeEmpty();
        await follower.StopAsync();
        var records = await StreamOracle.CheckAsync(server.ConnectionString, Parcels.Table, follower.Places);
        output.WriteLine(
            $"{crashes} crashes, {crew.Ledger.Acknowledged} writes acknowledged, {crew.Ledger.Unanswered} not, {records} records, "
            + $"{follower.Restarts} restarts of the reader{Environment.NewLine}{crew.Ledger.FaultsMet}");
        await CrashOracle.CheckAsync(server.ConnectionString, crew.Ledger);

        // Its connections are of this life of the server.
        await using var reader = new Client(server.ConnectionString);
        await Waiting.UntilAsync(
            () => ConsumedStream.IsHandledAsync(reader.ExtendDb, server.ConnectionString, Parcels.Table), "all records are handled");
        await ParcelCopy.CheckAsync(reader.ExtendDb, follower.Places.Records.Values.SelectMany(read => read));
        follower.Places.Records.Values.Should().OnlyContain(read => read.Count > 0, "every shard was at work");
        follower.Restarts.Should().BeGreaterThanOrEqualTo(crashes);
        crew.Ledger.Unanswered.Should().BePositive("writers were at work when they were killed, and when the server crashed");
    }
}
