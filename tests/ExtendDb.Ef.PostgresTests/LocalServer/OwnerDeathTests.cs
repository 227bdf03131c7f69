using System.Diagnostics;
using System.Globalization;
using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public sealed class OwnerDeathTests : IDisposable
{
    // The owner is a process of its own that holds the supervisor's input and has no chance to say goodbye.
    private const string OwnerScript =
        """
        /bin/sh -c 'echo $$ >&2; echo "start $0"; exec sleep 600' "$1" | { shift; exec "$@" 2>/dev/null; }
        """;

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Owner_killed_stops_the_server()
    {
        var folder = await PrepareAsync();
        using var owner = await Owner.StartAsync(folder);

        owner.Kill();

        await Waiting.UntilAsync(() => !TestFolder.Runs(owner.Server, folder.Data), "the server is stopped");
    }

    [Fact]
    public async Task Owner_killed_does_not_stop_the_server_of_another()
    {
        var folder = await PrepareAsync();
        using var owner = await Owner.StartAsync(folder);
        await using var other = await _folder.StartAsync();

        owner.Kill();
        await owner.WaitForSupervisorAsync();

        (await Sql.ScalarAsync(other.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Interrupt_from_the_terminal_does_not_stop_the_server_before_its_owner()
    {
        await using var server = await _folder.StartAsync();
        var supervisor = Path.GetFileName(Directory.GetFiles(Path.Combine(server.Folder, "clients")).Single());

        // The shell has a kill of its own; the program of that name is not on every machine.
        await Command.RunAsync(
            Command.Create("/bin/sh", "-c", $"kill -INT {supervisor}; kill -HUP {supervisor}"), default);

        await server.StopImmediatelyAsync();
        await server.StartAgainAsync();
        (await Sql.ScalarAsync(server.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ServerFolder> PrepareAsync()
    {
        var folder = await _folder.ServerFolderAsync();
        await DataFolder.EnsureAsync(
            folder, PostgresBinaries.Find(givenFolder: null), await ServerUser.FindAsync(default), default);
        return folder;
    }

    private sealed class Owner : IDisposable
    {
        private readonly Process _shell;
        private readonly int _processId;

        private Owner(Process shell, int processId, PostmasterPid server) =>
            (_shell, _processId, Server) = (shell, processId, server);

        internal PostmasterPid Server { get; }

        internal static async Task<Owner> StartAsync(ServerFolder folder)
        {
            var user = await ServerUser.FindAsync(default);
            var supervisor = SupervisedServer.StartInfo(
                folder, PostgresBinaries.Find(givenFolder: null), user, TestDeadline.Usual);
            var options = ServerSettings.OptionsFor(new LocalPostgresOptions(), FreePort.Find());
            var start = Command.Create(
                "/bin/sh", ["-c", OwnerScript, "owner", options, supervisor.FileName, .. supervisor.ArgumentList]);
            start.RedirectStandardOutput = start.RedirectStandardError = true;
            var shell = Process.Start(start)!;
            var processId = int.Parse((await shell.StandardError.ReadLineAsync())!, CultureInfo.InvariantCulture);
            (await shell.StandardOutput.ReadLineAsync()).Should().Be("registered");
            (await shell.StandardOutput.ReadLineAsync()).Should().Be("done");
            return new Owner(shell, processId, PostmasterPid.Read(folder.Data)!);
        }

        internal void Kill()
        {
            using var process = Process.GetProcessById(_processId);
            process.Kill();
        }

        internal Task WaitForSupervisorAsync() => _shell.WaitForExitAsync();

        public void Dispose()
        {
            _shell.WaitForExit(TestDeadline.Usual);
            _shell.Dispose();
        }
    }
}
