using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>The result of comparing one range of keys of an index with its items.</summary>
internal sealed class VerifiedRange
{
    public long Items { get; set; }

    public long Entries { get; set; }

    /// <summary>Gets the number of compared rows: items, or entries in a range of orphans.</summary>
    public long Size => Math.Max(Items, Entries);

    /// <summary>
    /// Gets or sets the number of entries that differ for now, because a marker waits or they are in quarantine.
    /// </summary>
    public long Waiting { get; set; }

    /// <summary>Gets the keys of the entries that differ and will not become right by themselves.</summary>
    public List<(ItemKey Key, Divergence Divergence)> Divergent { get; } = [];

    /// <summary>Gets the first of the divergent entries with their attributes, as many as were asked for.</summary>
    public List<DivergentEntry> Details { get; } = [];

    /// <summary>Gets or sets the key at which the next range begins; null when this was the last range.</summary>
    public ItemKey? Next { get; set; }
}
