namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>What verifying one index has found so far.</summary>
/// <param name="table">The table's name.</param>
/// <param name="index">The index's name.</param>
/// <param name="id">The index's number, which no other one gets.</param>
internal sealed class VerifiedIndex(string table, string index, int id)
{
    public string Table { get; } = table;

    public string Index { get; } = index;

    public int Id { get; } = id;

    public long Items { get; set; }

    public long Entries { get; set; }

    /// <summary>Gets or sets how many entries differ and will not for long: a marker waits, or they are in quarantine.</summary>
    public long Waiting { get; set; }

    public long Missing { get; set; }

    public long Stale { get; set; }

    public long Orphaned { get; set; }

    /// <summary>Gets or sets how many divergent entries were repaired, or enqueued for that.</summary>
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
