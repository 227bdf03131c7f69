using System.Runtime.CompilerServices;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Compares an index with its items at a bounded pace, and repairs divergent entries when asked to.</summary>
internal sealed class PacedVerification(ExtendDbRuntime runtime)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets the largest number of items compared in a second; null for no limit.</summary>
    public int? Rate { get; init; }

    /// <summary>Gets whether divergent entries are repaired.</summary>
    public bool Repair { get; init; }

    /// <summary>Gets of how many divergent entries at most the ranges have the attributes.</summary>
    public int Details { get; init; }

    /// <summary>Gets the delegate that is called while a repair waits for workers to apply what it has enqueued.</summary>
    public Action Waits { get; init; } = static () => { };

    /// <summary>
    /// Compares an index from a key on; returns no range, or no further one, once the index is not ACTIVE.
    /// </summary>
    /// <returns>Each range with the number of its entries that were repaired or enqueued for repair.</returns>
    public async IAsyncEnumerable<(VerifiedRange Range, int Repaired)> RangesAsync(
        TableDefinition table,
        IndexDefinition index,
        ItemKey? from,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var began = runtime.Time.GetTimestamp();
        await foreach (var range in IndexVerification.RangesAsync(runtime, table, index, from, cancellationToken, Details))
        {
            var repaired = Repair
                ? await IndexRepair.RunAsync(
                    runtime, table, index, [.. range.Divergent.Select(found => found.Key)], cancellationToken)
                : 0;
            yield return (range, repaired);

            await RestAsync(range, runtime.Time.GetElapsedTime(began), cancellationToken);
            if (Repair && index.Kind == IndexKind.GLOBAL && range is { Next: not null, Divergent.Count: > 0 })
            {
                await UntilQueueIsAppliedAsync(cancellationToken);
            }

            began = runtime.Time.GetTimestamp();
        }
    }

    // Markers of a repair share the queue with those of writers, which must not wait behind them for long.
    private async Task UntilQueueIsAppliedAsync(CancellationToken cancellationToken)
    {
        while ((await runtime.Lag.ReadAsync(cancellationToken)).Most > runtime.Options.Backpressure.PacingLag)
        {
            Waits();
            await Task.Delay(BetweenLooks, runtime.Time, cancellationToken);
        }
    }

    private async Task RestAsync(VerifiedRange range, TimeSpan took, CancellationToken cancellationToken)
    {
        var rest = TimeSpan.FromSeconds(Rate is { } rate ? range.Size / (double)rate : 0) - took;
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, runtime.Time, cancellationToken);
        }
    }
}
