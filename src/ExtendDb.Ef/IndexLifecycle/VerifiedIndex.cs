namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>The counts of verifying one index so far.</summary>
/// <param name="table">The name of the table.</param>
/// <param name="index">The name of the index.</param>
/// <param name="id">The id of the index, which is never used again.</param>
internal sealed class VerifiedIndex(string table, string index, int id)
{
    public string Table { get; } = table;

    public string Index { get; } = index;

    public int Id { get; } = id;

    public long Items { get; set; }

    public long Entries { get; set; }

    /// <summary>
    /// Gets or sets the number of entries that differ for now, because a marker waits or they are in quarantine.
    /// </summary>
    public long Waiting { get; set; }

    public long Missing { get; set; }

    public long Stale { get; set; }

    public long Orphaned { get; set; }

    /// <summary>Gets or sets the number of divergent entries that were repaired or enqueued for repair.</summary>
    public long Repaired { get; set; }

    public long Divergent => Missing + Stale + Orphaned;

    public void Add(VerifiedRange range)
    {
        Items += range.Items;
        Entries += range.Entries;
        Waiting += range.Waiting;
        Missing += range.Divergent.LongCount(found => found.Divergence == Divergence.Missing);
        Stale += range.Divergent.LongCount(found => found.Divergence == Divergence.Stale);
        Orphaned += range.Divergent.LongCount(found => found.Divergence == Divergence.Orphaned);
    }
}
