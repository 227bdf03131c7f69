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
        VerificationRun run;
        lock (_lock)
        {
            var running = _runs.FindAll(other => other.IsRunning);
            if (running.Count >= MostRunning || running.Exists(other => other.Table == table.Name && other.Index == index.Name))
            {
                return null;
            }

            if (_runs.Count == MostKept)
            {
                var oldest = _runs.First(other => !other.IsRunning);
                _runs.Remove(oldest);
                oldest.Dispose();
            }

            run = new(runtime, table, index, repair, rate);
            _runs.Add(run);
        }

        _ = Task.Run(run.RunAsync);
        return run;
    }

    public void Dispose()
    {
        foreach (var run in All())
        {
            run.Dispose();
        }
    }
}
