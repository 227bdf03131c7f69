using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Telemetry;

/// <summary>What was read of the queue at one time.</summary>
/// <param name="Indexes">Every global index.</param>
/// <param name="Horizon">Who holds back VACUUM; null when nobody does.</param>
internal sealed record QueueSample(IReadOnlyList<SampledIndex> Indexes, QueueStatus.Horizon? Horizon)
{
    /// <summary>Reads the whole queue.</summary>
    public static async Task<QueueSample> ReadAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        var definitions = await runtime.Definitions.GetAsync(cancellationToken);
        var waiting = await QueueStatus.ReadAsync(runtime, cancellationToken);
        var backfills = await QueueStatus.ReadBackfillsAsync(runtime, cancellationToken);
        var indexes =
            from table in definitions.Tables
            orderby table.Name
            from index in table.GlobalIndexes
            let now = waiting.GetValueOrDefault(index.Id)
            select new SampledIndex(
                table.Name, index.Name, now.Pending, now.Lag, now.Quarantined,
                backfills.TryGetValue(index.Id, out var progress) ? progress : null);
        return new([.. indexes], await QueueStatus.ReadHorizonAsync(runtime, cancellationToken));
    }
}

/// <summary>What was read of one index.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Index">The index's name.</param>
/// <param name="Pending">Markers that wait for it.</param>
/// <param name="Lag">By how much the oldest due one is overdue; zero when none is due.</param>
/// <param name="Quarantined">Entries that could not be applied.</param>
/// <param name="Backfill">How much of its table has been walked over, 0 to 1; null when it is not being created.</param>
internal sealed record SampledIndex(
    string Table, string Index, long Pending, TimeSpan Lag, long Quarantined, double? Backfill);
