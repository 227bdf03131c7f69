using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.WebConsole.Verification;

/// <summary>The verifications and repairs that this process runs or has run from the console.</summary>
internal sealed class VerificationRuns(ExtendDbRuntime runtime) : IDisposable
{
    private const int MostRunning = 4;
    private const int MostKept = 50;

    private readonly Lock _lock = new();
    private readonly List<VerificationRun> _runs = [];

    /// <summary>Occurs when a run begins.</summary>
    public event Action? Begun;

    /// <summary>Returns the runs, the newest first.</summary>
    public IReadOnlyList<VerificationRun> All()
    {
        lock (_lock)
        {
            return [.. Enumerable.Reverse(_runs)];
        }
    }

    /// <summary>Begins a verification or repair.</summary>
    /// <returns>The run; null when this index is being compared already, or as many as may run do.</returns>
    public VerificationRun? TryBegin(TableDefinition table, IndexDefinition index, bool repair, int? rate)
    {
        var run = new VerificationRun(runtime, table, index, repair, rate);
        lock (_lock)
        {
            var running = _runs.FindAll(IsRunning);
            if (running.Count >= MostRunning || running.Exists(other => other.Table == table.Name && other.Index == index.Name))
            {
                return null;
            }

            if (_runs.Count == MostKept)
            {
                _runs.Remove(_runs.First(other => !IsRunning(other)));
            }

            _runs.Add(run);
        }

        _ = Task.Run(run.RunAsync);
        Begun?.Invoke();
        return run;
    }

    public void Dispose()
    {
        foreach (var run in All())
        {
            run.Stop();
        }
    }

    private static bool IsRunning(VerificationRun run) =>
        run.State is VerificationState.Running or VerificationState.Waiting;
}
