using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Compares the indexes of a database with their items, and repairs divergent entries when asked to.</summary>
/// <param name="indexes">The indexes; those that are not ACTIVE are skipped.</param>
internal sealed class VerifyRun(
    ExtendDbRuntime runtime, IReadOnlyList<(TableDefinition Table, IndexDefinition Index)> indexes)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets the largest number of items compared in a second; null for no limit.</summary>
    public int? Rate { get; init; }

    /// <summary>Gets the path of the file that keeps the progress; null for none.</summary>
    public string? ProgressFile { get; init; }

    /// <summary>Gets whether divergent entries are repaired.</summary>
    public bool Repair { get; init; }

    /// <summary>Gets of how many divergent entries at most the attributes are kept.</summary>
    public int MostDetails { get; init; }

    /// <summary>Gets the first divergent entries of this run, in the order of the indexes.</summary>
    public List<DivergentEntry> Details { get; } = [];

    /// <summary>Gets the delegate that receives the present step and the progress, 0 to 1.</summary>
    public Action<string, double> Report { get; init; } = static (_, _) => { };

    /// <summary>Runs the verification to its end, from where an earlier run with the same file was stopped.</summary>
    /// <returns>The result of each index, including the indexes of the earlier run.</returns>
    public async Task<IReadOnlyList<VerifiedIndex>> RunAsync(CancellationToken cancellationToken)
    {
        var progress = await VerifyProgress.ReadAsync(ProgressFile, Repair, cancellationToken);

        // The result of an index that is gone, or is not selected in this run, is dropped.
        progress = progress with
        {
            Finished = [.. progress.Finished.Where(done => indexes.Any(each => each.Index.Id == done.Id))],
        };
        for (var i = 0; i < indexes.Count; i++)
        {
            var (table, index) = indexes[i];
            if (!progress.Finished.Any(done => done.Id == index.Id))
            {
                var share = (Done: i, Of: indexes.Count);
                progress = await CompareAsync(progress, table, index, share, cancellationToken);
                await progress.WriteAsync(ProgressFile, cancellationToken);
            }
        }

        if (ProgressFile is not null)
        {
            File.Delete(ProgressFile);
        }

        return progress.Finished;
    }

    private async Task<VerifyProgress> CompareAsync(
        VerifyProgress progress,
        TableDefinition table,
        IndexDefinition index,
        (int Done, int Of) share,
        CancellationToken cancellationToken)
    {
        var isCurrent = progress.Current?.Id == index.Id;
        var counts = isCurrent ? progress.Current! : new VerifiedIndex(table.Name, index.Name, index.Id);
        var from = isCurrent ? progress.Place : null;
        var isActive = isCurrent;
        var time = runtime.Time;
        var began = time.GetTimestamp();
        Report(Name(table, index), share.Done / (double)share.Of);
        await foreach (var range in IndexVerification.RangesAsync(
            runtime, table, index, from, cancellationToken, MostDetails - Details.Count))
        {
            isActive = true;
            Details.AddRange(range.Details);
            if (Repair)
            {
                counts.Repaired += await IndexRepair.RunAsync(
                    runtime, table, index, [.. range.Divergent.Select(found => found.Key)], cancellationToken);
            }

            counts.Add(range);
            if (range.Next is { } next)
            {
                progress = progress with { Current = counts, Hash = next.PartitionHash, Sort = next.SortKey };
                await progress.WriteAsync(ProgressFile, cancellationToken);
                Report(Name(table, index), (share.Done + PartitionHash.ShareBelow(next.PartitionHash)) / share.Of);
            }

            await RestAsync(range, time.GetElapsedTime(began), cancellationToken);
            if (Repair && index.Kind == IndexKind.GLOBAL && range is { Next: not null, Divergent.Count: > 0 })
            {
                await UntilQueueIsAppliedAsync(table, index, share, cancellationToken);
            }

            began = time.GetTimestamp();
        }

        return new(Repair, isActive ? [.. progress.Finished, counts] : progress.Finished);
    }

    // Markers of a repair share the queue with those of writers, which must not wait behind them for long.
    private async Task UntilQueueIsAppliedAsync(
        TableDefinition table, IndexDefinition index, (int Done, int Of) share, CancellationToken cancellationToken)
    {
        while ((await runtime.Lag.ReadAsync(cancellationToken)).Most > runtime.Options.Backpressure.PacingLag)
        {
            Report($"{Name(table, index)}, waits for a worker to apply what is enqueued", share.Done / (double)share.Of);
            await Task.Delay(BetweenLooks, runtime.Time, cancellationToken);
        }
    }

    private async Task RestAsync(VerifiedRange range, TimeSpan took, CancellationToken cancellationToken)
    {
        var time = runtime.Time;
        var rest = TimeSpan.FromSeconds(Rate is { } rate ? range.Size / (double)rate : 0) - took;
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, cancellationToken);
        }
    }

    private static string Name(TableDefinition table, IndexDefinition index) => $"{table.Name}.{index.Name}";
}
