namespace ExtendDb.Ef.Catalog;

/// <summary>Which attributes of an item an index holds. Source: DynamoDB API, Projection.</summary>
public enum ProjectionType
{
    /// <summary>All attributes.</summary>
    ALL,

    /// <summary>The key attributes of the table and of the index.</summary>
    KEYS_ONLY,

    /// <summary>The key attributes and those named in NonKeyAttributes.</summary>
    INCLUDE,
}
