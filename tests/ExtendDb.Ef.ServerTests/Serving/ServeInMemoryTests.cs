using System.Text.RegularExpressions;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

/// <summary><c>extenddb serve --in-memory</c>, beside a database of the environment, which does not count.</summary>
public sealed partial class ServeInMemoryTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task Tables_are_served_from_a_migrated_database_of_its_own_without_fsync()
    {
        await using var process = Start();
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };

        var tables = await http.CallAsync("ListTables", "{}");

        tables.ToString().Should().Be("""200 {"TableNames":[]}""");
        var connection = ConnectionOf(process);
        (await Sql.ScalarAsync(connection, "SHOW fsync")).Should().Be("off");
        (await Sql.ScalarAsync(connection, "SHOW synchronous_commit")).Should().Be("off");
        (await Sql.ScalarAsync(connection, "SHOW full_page_writes")).Should().Be("off");
    }

    [Fact]
    public async Task Data_is_in_memory_or_the_server_says_in_which_folder_it_is()
    {
        await using var process = Start();
        await process.UntilListeningAsync();

        var folder = FolderOf(process);

        process.Output.Should().Contain(folder.StartsWith("/dev/shm/", StringComparison.Ordinal)
            ? "The data is in memory"
            : "There is no /dev/shm in memory with 1 GB of room");
    }

    [Fact]
    public async Task Printed_connection_holds_no_password_and_reaches_the_database()
    {
        await using var process = Start();
        await process.UntilListeningAsync();

        var connection = ConnectionOf(process);

        new NpgsqlConnectionStringBuilder(connection).Password.Should().BeNull();
        (await Sql.ScalarAsync(connection, "SELECT count(*) FROM extenddb.items")).Should().Be(0L);
    }

    [Fact]
    public async Task Terminated_server_leaves_no_folder()
    {
        await using var process = Start();
        await process.UntilListeningAsync();

        process.Terminate();

        (await process.ExitCodeAsync()).Should().Be(0, process.Errors);
        Directory.Exists(FolderOf(process)).Should().BeFalse();
    }

    [Fact]
    public async Task Killed_server_leaves_no_folder()
    {
        await using var process = Start();
        await process.UntilListeningAsync();

        await process.KillAsync();

        await Waiting.UntilAsync(() => !Directory.Exists(FolderOf(process)), "the folder is deleted");
    }

    [Fact]
    public async Task Connection_beside_it_is_refused_in_one_sentence()
    {
        await using var process = Start("--connection", server.ConnectionString);

        (await process.ExitCodeAsync()).Should().Be(2);
        process.Errors.Trim().Should().Be(
            "extenddb: --in-memory starts a database of its own, so --connection cannot name another.");
    }

    private ServeProcess Start(params string[] further) => ServeProcess.Start(
        server.ConnectionString,
        ["--urls", "http://127.0.0.1:0", "--in-memory", .. further],
        folder: null,
        ("EXTENDDB_POSTGRES_BIN", Environment.GetEnvironmentVariable("EXTENDDB_POSTGRES_BIN") ?? ""));

    private static string FolderOf(ServeProcess process) => Folder().Match(process.Output).Groups[1].Value;

    private static string ConnectionOf(ServeProcess process) => Connection().Match(process.Output).Groups[1].Value;

    [GeneratedRegex("a private PostgreSQL in (\\S+)")]
    private static partial Regex Folder();

    [GeneratedRegex("--connection \"([^\"]+)\"")]
    private static partial Regex Connection();
}
