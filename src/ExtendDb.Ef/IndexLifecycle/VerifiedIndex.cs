namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>What verifying one index found.</summary>
/// <param name="table">The table's name.</param>
/// <param name="index">The index's name.</param>
internal sealed class VerifiedIndex(string table, string index)
{
    public string Table { get; } = table;

    public string Index { get; } = index;

    public long Items { get; set; }

    public long Entries { get; set; }

    /// <summary>Gets or sets how many entries differ and will not for long: a marker waits, or they are in quarantine.</summary>
    public long Waiting { get; set; }

    public long Missing { get; private set; }

    public long Stale { get; private set; }

    public long Orphaned { get; private set; }

    public long Divergent => Missing + Stale + Orphaned;

    public void Add(Divergence divergence)
    {
        switch (divergence)
        {
            case Divergence.Missing:
                Missing++;
                break;
            case Divergence.Stale:
                Stale++;
                break;
            default:
                Orphaned++;
                break;
        }
    }
}
