using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.CrashTests.Streams;

public class SeenNumberTests
{
    // What is committed asynchronously stays in the server's memory, and is lost with it, until something is committed to disk.
    private static readonly Dictionary<string, string> Asynchronous = new()
    {
        ["synchronous_commit"] = "off",
        ["wal_writer_delay"] = "10s",
        ["full_page_writes"] = "off",
    };

    [Fact]
    public async Task Number_that_was_read_is_there_after_a_crash_of_a_server_whose_commits_are_asynchronous()
    {
        await using var server = await LocalPostgres.StartAsync(new() { Fsync = true, Settings = Asynchronous });
        await Migrations.ExtendDbMigrator.MigrateAsync(server.ConnectionString);
        await using var client = new Client(server.ConnectionString);
        await Parcels.CreateStreamedAsync(client.ExtendDb);
        await Sql.ExecuteAsync(server.ConnectionString, "CHECKPOINT");
        await using var follower = await StreamFollower.StartAsync(client.ExtendDb, Parcels.Table);

        var crashes = CrashRounds.Times(4);
        for (var crash = 1; crash <= crashes; crash++)
        {
            await WriteAndReadAsync(crash);
            await server.StopImmediatelyAsync();
            await server.StartAgainAsync();
        }

        await WriteAndReadAsync(crashes + 1);
        await follower.StopAsync();
        var records = await StreamOracle.CheckAsync(server.ConnectionString, Parcels.Table, follower.Places);
        records.Should().Be(crashes + 1);

        // One change, so that it and its number are lost together if they are.
        async Task WriteAndReadAsync(int moves)
        {
            // Its connections are of this life of the server.
            await using var writer = new Client(server.ConnectionString);
            await writer.ExtendDb.PutItemAsync(new(Parcels.Table, Parcels.After(1, 1, moves)));
            await follower.ReadsAsync(moves);
        }
    }
}
