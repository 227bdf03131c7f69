namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>How an entry can differ from what its item says.</summary>
internal enum Divergence
{
    /// <summary>The item should have an entry, and has none.</summary>
    Missing,

    /// <summary>The entry shows another state of the item.</summary>
    Stale,

    /// <summary>The item is gone, or no longer in the index, and the entry is still there.</summary>
    Orphaned,
}
