namespace ExtendDb.Ef.Catalog;

/// <summary>The states of a table. Source: DynamoDB API, TableDescription.</summary>
public enum TableStatus
{
    /// <summary>The table can be used.</summary>
    ACTIVE,

    /// <summary>The table is being removed and cannot be used.</summary>
    DELETING,
}
