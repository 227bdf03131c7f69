using System.Diagnostics;
using System.Text;

namespace ExtendDb.Ef.TestKit;

/// <summary>A program in a process of its own, and all that it says; what still runs at the end is killed.</summary>
public sealed class ChildProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string? _readyLine;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProgram(ProcessStartInfo start, string? readyLine)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _readyLine = readyLine;
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="start">The program, its arguments and its environment.</param>
    /// <param name="readyLine">How the line begins with which the program says that it is ready; null when it has none.</param>
    public static ChildProgram Start(ProcessStartInfo start, string? readyLine = null)
    {
        var program = new ChildProgram(start, readyLine);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Waits until the program has said that it is ready.</summary>
    /// <exception cref="InvalidOperationException">The program ended before.</exception>
    public async Task ReadyAsync()
    {
        await Task.WhenAny(_ready.Task, _ended.Task).WaitAsync(TestDeadline.Usual);
        if (!_ready.Task.IsCompleted)
        {
            throw new InvalidOperationException($"The program ended before it said \"{_readyLine}\": {Errors}");
        }
    }

    /// <summary>Waits until the program has ended, and all that it said has come.</summary>
    public Task<int> ExitCodeAsync() => ExitCodeAsync(TestDeadline.Usual);

    /// <summary>Waits until a program that takes its time has ended, and all that it said has come.</summary>
    public async Task<int> ExitCodeAsync(TimeSpan deadline)
    {
        await _ended.Task.WaitAsync(deadline);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Sends SIGKILL, and waits for the end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM.</summary>
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

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.AppendLine(line);
        }

        if (_readyLine is not null && line.StartsWith(_readyLine, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
