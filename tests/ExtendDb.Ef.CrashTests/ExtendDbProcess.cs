using System.Diagnostics;
using System.Text;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.CrashTests;

/// <summary>The command line in a process of its own.</summary>
internal sealed class ExtendDbProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ExtendDbProcess(string connectionString, string[] arguments, string? killAt = null)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "extenddb.dll") },
                Environment = { ["EXTENDDB_CONNECTION"] = connectionString },
            },
            EnableRaisingEvents = true,
        };
        foreach (var argument in arguments)
        {
            _process.StartInfo.ArgumentList.Add(argument);
        }

        if (killAt is not null)
        {
            _process.StartInfo.Environment[KillPoint.Variable] = killAt;
        }

        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public bool HasExited => _process.HasExited;

    public static ExtendDbProcess Start(string connectionString, params string[] arguments) =>
        new ExtendDbProcess(connectionString, arguments).Started();

    /// <summary>Starts a worker that kills itself at a named place, perhaps before it says that it runs.</summary>
    public static ExtendDbProcess StartWorkerToDie(string connectionString, string killAt) =>
        new ExtendDbProcess(connectionString, ["worker", "--stop-with-input"], killAt).Started();

    /// <summary>Starts a worker and waits until it runs.</summary>
    public static async Task<ExtendDbProcess> StartWorkerAsync(string connectionString)
    {
        var worker = Start(connectionString, "worker", "--stop-with-input");
        await Task.WhenAny(worker._running.Task, worker._ended.Task).WaitAsync(Waiting.Patience);
        return worker._running.Task.IsCompleted
            ? worker
            : throw new InvalidOperationException($"The worker did not start: {worker.Errors}");
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string connectionString, params string[] arguments)
    {
        await using var process = Start(connectionString, arguments);
        var exitCode = await process.ExitCodeAsync();
        return (exitCode, process.Output, process.Errors);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _ended.Task.WaitAsync(Waiting.Patience);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        // The shell has a kill of its own; the program of that name is not on every machine.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private ExtendDbProcess Started()
    {
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return this;
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Take(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }

        if (line == "extenddb worker runs")
        {
            _running.TrySetResult();
        }
    }
}
