using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.WebConsole.Verification;

/// <summary>A verification or repair of one index, which goes on when the page that began it is closed.</summary>
internal sealed class VerificationRun(
    ExtendDbRuntime runtime, TableDefinition table, IndexDefinition index, bool repair, int? rate) : IDisposable
{
    /// <summary>How many divergent entries are kept with their keys; all are counted.</summary>
    public const int MostWrong = 200;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<WrongEntry> _wrong = [];

    public string Table => table.Name;

    public string Index => index.Name;

    public bool Repair => repair;

    public VerificationState State { get; private set; }

    /// <summary>Gets whether the run has not ended.</summary>
    public bool IsRunning => State is VerificationState.Running or VerificationState.Waiting;

    /// <summary>Gets the compared share of the index, 0 to 1.</summary>
    public double Progress { get; private set; }

    /// <summary>Gets the counts so far.</summary>
    public VerifiedIndex Counts { get; } = new(table.Name, index.Name, index.Id);

    /// <summary>Gets why the run failed; null while it has not.</summary>
    public string? Error { get; private set; }

    /// <summary>Returns the first divergent entries.</summary>
    public IReadOnlyList<WrongEntry> Wrong()
    {
        lock (_lock)
        {
            return [.. _wrong];
        }
    }

    /// <summary>Stops the run; one that has ended stays as it is.</summary>
    public void Stop()
    {
        if (IsRunning)
        {
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    /// <summary>Runs to the end; a failure becomes the state.</summary>
    public async Task RunAsync()
    {
        try
        {
            await CompareAsync(_stop.Token);
            State = VerificationState.Finished;
        }
        catch (OperationCanceledException)
        {
            State = VerificationState.Stopped;
        }
        catch (Exception failed)
        {
            Error = failed.Message;
            State = VerificationState.Failed;
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var verification = new PacedVerification(runtime)
        {
            Repair = repair,
            Rate = rate,
            Details = MostWrong,
            Waits = () => State = VerificationState.Waiting,
        };
        await foreach (var (range, repaired) in verification.RangesAsync(table, index, from: null, cancellationToken))
        {
            Counts.Repaired += repaired;
            Counts.Add(range);
            lock (_lock)
            {
                // Their attributes are not kept: of a thousand entries they can be 800 MB.
                _wrong.AddRange(range.Details.Select(entry => new WrongEntry(entry.Key, entry.Kind)));
            }

            Progress = range.Next is { } next ? PartitionHash.ShareBelow(next.PartitionHash) : 1;
            State = VerificationState.Running;
        }
    }
}
