namespace ExtendDb.Ef.Model;

/// <summary>The states of a table. Source: DynamoDB API, TableDescription.</summary>
public enum TableStatus
{
    /// <summary>The table can be used.</summary>
    ACTIVE,

    /// <summary>The table has been removed; only DeleteTable returns this state.</summary>
    DELETING,

    /// <summary>
    /// The table has just been created; only CreateTable returns this state, and the table can be used at once.
    /// </summary>
    CREATING,

    /// <summary>
    /// The table has been updated, or one of its global indexes is being filled; the table can be used.
    /// </summary>
    UPDATING,
}
