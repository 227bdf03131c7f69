using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>What comparing one range of keys of an index with its items found.</summary>
internal sealed class VerifiedRange
{
    public long Items { get; set; }

    public long Entries { get; set; }

    /// <summary>Gets how much there was to compare: a range of orphans has no items.</summary>
    public long Size => Math.Max(Items, Entries);

    /// <summary>Gets or sets how many entries differ and will not for long: a marker waits, or they are in quarantine.</summary>
    public long Waiting { get; set; }

    /// <summary>Gets the keys whose entries differ and will not become right by themselves.</summary>
    public List<(ItemKey Key, Divergence Divergence)> Divergent { get; } = [];

    /// <summary>Gets or sets where the next range begins; null when this was the last one.</summary>
    public ItemKey? Next { get; set; }
}
