namespace ExtendDb.Ef.Local;

/// <summary>Controls a server with pg_ctl alone, on Windows, where there is no shell for supervise.sh.</summary>
/// <remarks>
/// This class has not been run. The server outlives an owner that is killed, until the next start on its folder or,
/// for a temporary one, until the next temporary server starts; and the owner that started it stops it, even when
/// other processes use it.
/// </remarks>
internal sealed class DirectServer(ServerFolder folder, PostgresBinaries binaries) : IServerControl
{
    private bool _started;

    public async Task<string?> StartAsync(string options)
    {
        var complaint = await PgCtlAsync("start", "-l", folder.Log, "-o", options);
        _started |= complaint is null;
        return complaint;
    }

    public Task<string?> StopImmediatelyAsync() => PgCtlAsync("stop", "-m", "immediate");

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await PgCtlAsync("stop", "-m", folder.IsTemporary ? "immediate" : "fast");
        }
    }

    private async Task<string?> PgCtlAsync(string command, params string[] arguments)
    {
        // Its output is not redirected: the server would inherit the pipe and keep its reader waiting.
        using var pgCtl = System.Diagnostics.Process.Start(
            Command.Create(binaries.PgCtl, [command, "-w", "-s", "-D", folder.Data, .. arguments]))!;
        await pgCtl.WaitForExitAsync();
        return pgCtl.ExitCode == 0 ? null : $"pg_ctl {command} ended with code {pgCtl.ExitCode}.";
    }
}
