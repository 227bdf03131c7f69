using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.Server.Lag;

/// <summary>The state of the indexes at an instant, and what happened in the time before.</summary>
/// <param name="At">The instant.</param>
/// <param name="Indexes">The indexes.</param>
/// <param name="EnqueuedPerSecond">How many markers were enqueued a second.</param>
/// <param name="AppliedPerSecond">How many markers were applied a second.</param>
/// <param name="VacuumHeldBackBy">Who holds back VACUUM; null for nobody.</param>
/// <param name="VacuumHeldBackSeconds">For how long; null when the server does not tell.</param>
/// <param name="Failure">Why there is no sample; null when there is one.</param>
internal sealed record LagSample(
    DateTimeOffset At,
    IReadOnlyList<IndexLag> Indexes,
    double EnqueuedPerSecond,
    double AppliedPerSecond,
    string? VacuumHeldBackBy,
    double? VacuumHeldBackSeconds,
    string? Failure = null)
{
    /// <summary>Returns what stands in the place of a sample that could not be taken.</summary>
    public static LagSample Without(QueueReader.Traffic before, string failure) => new(before.At, [], 0, 0, null, null, failure);

    /// <param name="queue">The state.</param>
    /// <param name="before">The counters at an instant before.</param>
    /// <param name="now">The counters now.</param>
    /// <param name="table">The table whose indexes count; null for all.</param>
    public static LagSample Of(QueueSample queue, QueueReader.Traffic before, QueueReader.Traffic now, string? table)
    {
        var (enqueued, applied) = now.RatesSince(before);
        return new(
            now.At,
            [
                .. queue.Indexes.Where(i => table is null || i.Table == table).Select(i => new IndexLag(
                    i.Table, i.Index, i.Lag.TotalSeconds, i.Pending, i.Quarantined, i.Backfill)),
            ],
            enqueued,
            applied,
            queue.Horizon?.Holder,
            queue.Horizon?.Age?.TotalSeconds);
    }
}
