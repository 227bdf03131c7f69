namespace ExtendDb.Ef.Model;

/// <summary>The kinds of secondary indexes.</summary>
public enum IndexKind
{
    /// <summary>A global secondary index: it has a key of its own, and workers bring it up to date.</summary>
    GLOBAL,

    /// <summary>
    /// A local secondary index: it has the table's partition key with another sort key, and is written with the item.
    /// </summary>
    LOCAL,
}
