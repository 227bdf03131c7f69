using System.Diagnostics;
using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public sealed class RecoveryTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Server_killed_with_its_supervisor_is_recovered_with_its_data()
    {
        var killed = await _folder.StartAsync(fsync: true);
        await Sql.ScalarAsync(killed.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
        await TestFolder.KillSupervisorsAsync(killed);
        await TestFolder.KillAsync(TestFolder.ProcessOf(killed).ProcessId);
        await killed.DisposeAsync();

        await using var next = await _folder.StartAsync();

        (await Sql.ScalarAsync(next.ConnectionString, "SELECT answer FROM kept")).Should().Be(42);
    }

    [Fact]
    public async Task Server_that_lost_its_supervisor_is_used_by_the_next()
    {
        var lost = await _folder.StartAsync();
        await TestFolder.KillSupervisorsAsync(lost);
        await lost.DisposeAsync();

        await using var next = await _folder.StartAsync();

        next.Port.Should().Be(lost.Port);
    }

    [Fact]
    public async Task Stale_pid_file_of_a_process_that_is_gone_is_recovered()
    {
        using var gone = Process.Start("/bin/sh", "-c true")!;
        await gone.WaitForExitAsync();
        await LeavePidFileAsync(gone.Id);

        await using var server = await _folder.StartAsync();

        (await Sql.ScalarAsync(server.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Stale_pid_file_of_a_process_that_is_no_server_is_recovered()
    {
        await LeavePidFileAsync(Environment.ProcessId);

        await using var server = await _folder.StartAsync();

        (await Sql.ScalarAsync(server.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Stale_pid_file_of_another_server_is_recovered()
    {
        await using var other = await LocalPostgres.StartAsync();
        await LeavePidFileAsync(TestFolder.ProcessOf(other).ProcessId, other.Port);

        await using var server = await _folder.StartAsync();

        server.Port.Should().NotBe(other.Port);
    }

    [Fact]
    public async Task Torn_pid_file_is_recovered()
    {
        var data = await LeavePidFileAsync(0);
        await File.WriteAllTextAsync(PostmasterPid.PathIn(data), "");

        await using var server = await _folder.StartAsync();

        (await Sql.ScalarAsync(server.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Half_made_data_folder_is_moved_aside_with_what_it_holds()
    {
        var folder = await _folder.ServerFolderAsync();
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(Path.Combine(folder.Data, "precious"), "");

        await using var server = await _folder.StartAsync();

        Directory.GetDirectories(folder.Root, "data.broken-*").Should().ContainSingle()
            .Which.Should().Match(aside => File.Exists(Path.Combine(aside, "precious")));
    }

    [Fact]
    public async Task Folder_of_an_initdb_that_was_killed_is_not_taken_for_data()
    {
        var folder = await _folder.ServerFolderAsync();
        var unfinished = Path.Combine(folder.Root, "making-0123456789abcdef");
        Directory.CreateDirectory(unfinished);
        await (await ServerUser.FindAsync(default)).TakeOverAsync(unfinished, default);

        await using var server = await _folder.StartAsync();

        Directory.Exists(unfinished).Should().BeFalse();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Makes a data folder whose last server seems to have been killed as the given process.</summary>
    private async Task<string> LeavePidFileAsync(int processId, int port = 1)
    {
        var server = await _folder.StartAsync();
        var data = TestFolder.DataOf(server);
        var lines = await File.ReadAllLinesAsync(PostmasterPid.PathIn(data));
        await server.DisposeAsync();

        lines[0] = $"{processId}";
        lines[3] = $"{port}";
        await File.WriteAllLinesAsync(PostmasterPid.PathIn(data), lines);
        await (await ServerUser.FindAsync(default)).TakeOverAsync(PostmasterPid.PathIn(data), default);
        return data;
    }
}
