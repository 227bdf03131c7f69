using System.Diagnostics;
using System.Reflection;
using ExtendDb.Ef.Server.Commands;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>A worker in a separate process, which also keeps the totals of files, and ends with this one.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isDisposed;
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process)
    {
        _process = process;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _running.TrySetException(new IOException("The worker ended before it ran."));
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(WorkerCommand.Running, StringComparison.Ordinal) == true)
            {
                _running.TrySetResult();
            }
        };
        process.ErrorDataReceived += static (_, line) =>
        {
            // Log lines of the worker would tear the progress bar.
            if (line.Data is not null && !line.Data.StartsWith("info:", StringComparison.Ordinal))
            {
                Console.Error.WriteLine(line.Data);
            }
        };
    }

    public static WorkerProcess Start(string connectionString)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        start.ArgumentList.Add(WorkerCommand.Name);
        start.ArgumentList.Add(WorkerCommand.StopWithInput);
        start.ArgumentList.Add(WorkerCommand.DemoTotals);

        // Not on the command line, where every user of the machine could read the password.
        start.Environment[ConnectionOption.Variable] = connectionString;
        var process = Process.Start(start)!;
        var worker = new WorkerProcess(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits until the worker runs.</summary>
    /// <exception cref="IOException">The worker ended before it ran.</exception>
    public Task RunningAsync(CancellationToken cancellationToken) => _running.Task.WaitAsync(cancellationToken);

    /// <summary>Kills the process at once with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the process gracefully.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
