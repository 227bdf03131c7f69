namespace ExtendDb.Ef.Server.Lag;

/// <summary>The state of one index.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Index">The name of the index.</param>
/// <param name="LagSeconds">The age of the oldest due marker.</param>
/// <param name="Pending">How many markers wait.</param>
/// <param name="Quarantined">How many entries are in quarantine.</param>
/// <param name="Backfill">How much of a new index is filled, 0 to 1; null for an index that is complete.</param>
internal sealed record IndexLag(
    string Table, string Index, double LagSeconds, long Pending, long Quarantined, double? Backfill);
