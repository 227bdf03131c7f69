namespace ExtendDb.Ef.Telemetry;

/// <summary>How the write of an item was executed.</summary>
internal enum WriteWay
{
    /// <summary>By one statement that does not depend on what is stored.</summary>
    OneStatement,

    /// <summary>By a read without a lock, and a statement that writes if the item is still the one that was read.</summary>
    Optimistic,

    /// <summary>By one statement together with other items, whatever is stored.</summary>
    Batch,

    /// <summary>In a transaction that locks the item, reads it and saves it with EF.</summary>
    Locked,
}
