namespace ExtendDb.Ef.Model;

/// <summary>The two kinds of secondary indexes.</summary>
public enum IndexKind
{
    /// <summary>A global secondary index: a key of its own, brought up to date by workers.</summary>
    GLOBAL,

    /// <summary>A local secondary index: the table's partition key with another sort key, written with the item.</summary>
    LOCAL,
}
