using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ExtendDb.Ef.Local;

/// <summary>
/// Controls a server through supervise.sh, so that it ends with its last owner even when that is killed.
/// </summary>
internal sealed class SupervisedServer : IServerControl
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(3);

    private readonly Process _supervisor;
    private readonly StringBuilder _complaints = new();

    private SupervisedServer(Process supervisor)
    {
        _supervisor = supervisor;
        _supervisor.ErrorDataReceived += (_, line) =>
        {
            lock (_complaints)
            {
                _complaints.AppendLine(line.Data);
            }
        };
        _supervisor.BeginErrorReadLine();
    }

    /// <summary>Registers this process as a user of the folder's server, running or not.</summary>
    internal static async Task<SupervisedServer> RegisterAsync(
        ServerFolder folder,
        PostgresBinaries binaries,
        ServerUser user,
        TimeSpan startTimeout,
        CancellationToken cancellationToken)
    {
        var server = new SupervisedServer(Process.Start(StartInfo(folder, binaries, user, startTimeout))!);
        try
        {
            var answer = await server._supervisor.StandardOutput.ReadLineAsync(cancellationToken);
            return answer == "registered"
                ? server
                : throw new LocalPostgresException(
                    $"The supervisor of '{folder.Root}' failed: {server.TakeComplaints()}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    internal static ProcessStartInfo StartInfo(
        ServerFolder folder, PostgresBinaries binaries, ServerUser user, TimeSpan startTimeout)
    {
        // As an argument, not as a file: a shell reads a file while it runs, and another version could replace it.
        var start = user.StartInfo(
            "/bin/sh",
            "-c",
            ReadScript(),
            "extenddb-supervise",
            binaries.Folder,
            folder.Root,
            folder.IsTemporary ? "delete" : "keep",
            Math.Ceiling(startTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return start;
    }

    public async Task<string?> StartAsync(string options) =>
        await AskAsync($"start {options}") == "done" ? null : TakeComplaints();

    public async Task<string?> StopImmediatelyAsync() =>
        await AskAsync("stop") switch
        {
            "done" => null,
            "busy" => "Other processes use it.",
            _ => TakeComplaints(),
        };

    public async ValueTask DisposeAsync()
    {
        try
        {
            _supervisor.StandardInput.Close();
            await _supervisor.WaitForExitAsync().WaitAsync(LongestStop);
        }
        catch (Exception left) when (left is IOException or TimeoutException)
        {
            // The supervisor died before, or still waits for a long stop; it needs nobody for that.
        }

        _supervisor.Dispose();
    }

    /// <summary>Sends one command and waits for its answer; null when the supervisor has died.</summary>
    private async Task<string?> AskAsync(string command)
    {
        try
        {
            await _supervisor.StandardInput.WriteLineAsync(command);
            await _supervisor.StandardInput.FlushAsync();
            return await _supervisor.StandardOutput.ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string TakeComplaints()
    {
        lock (_complaints)
        {
            var text = _complaints.ToString().Trim();
            _complaints.Clear();
            return text.Length == 0 ? "It gave no reason." : text;
        }
    }

    private static string ReadScript()
    {
        using var script = new StreamReader(
            typeof(SupervisedServer).Assembly.GetManifestResourceStream("supervise.sh")!);
        return script.ReadToEnd();
    }
}
