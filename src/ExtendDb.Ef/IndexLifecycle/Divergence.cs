namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>The kinds of difference between an entry and its item.</summary>
internal enum Divergence
{
    /// <summary>The item should have an entry, and has none.</summary>
    Missing,

    /// <summary>The entry shows another state of the item.</summary>
    Stale,

    /// <summary>The entry is there, but its item is gone or no longer in the index.</summary>
    Orphaned,
}
