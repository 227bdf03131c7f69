using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Compares the indexes of a database with their items, and repairs divergent entries when asked to.</summary>
/// <param name="indexes">The indexes; those that are not ACTIVE are skipped.</param>
internal sealed class VerifyRun(
    ExtendDbRuntime runtime, IReadOnlyList<(TableDefinition Table, IndexDefinition Index)> indexes)
{
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

    /// <summary>Gets the delegate that receives the present step, the progress, 0 to 1, and whether a repair waits for workers.</summary>
    public Action<string, double, bool> Report { get; init; } = static (_, _, _) => { };

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
        Report(Name(table, index), share.Done / (double)share.Of, false);
        var verification = new PacedVerification(runtime)
        {
            Rate = Rate,
            Repair = Repair,
            Details = MostDetails - Details.Count,
            Waits = () => Report(
                $"{Name(table, index)}, waits for a worker to apply what is enqueued", share.Done / (double)share.Of, true),
        };
        await foreach (var (range, repaired) in verification.RangesAsync(table, index, from, cancellationToken))
        {
            isActive = true;
            counts.Repaired += repaired;
            Details.AddRange(range.Details);
            counts.Add(range);
            if (range.Next is { } next)
            {
                progress = progress with { Current = counts, Hash = next.PartitionHash, Sort = next.SortKey };
                await progress.WriteAsync(ProgressFile, cancellationToken);
                Report(Name(table, index), (share.Done + PartitionHash.ShareBelow(next.PartitionHash)) / share.Of, false);
            }
        }

        return new(Repair, isActive ? [.. progress.Finished, counts] : progress.Finished);
    }

    private static string Name(TableDefinition table, IndexDefinition index) => $"{table.Name}.{index.Name}";
}
