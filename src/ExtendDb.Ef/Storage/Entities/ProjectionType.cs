namespace ExtendDb.Ef.Model;

/// <summary>Which attributes of an item an index holds. Source: DynamoDB API, Projection.</summary>
public enum ProjectionType
{
    // From 1, so that a projection without a type is not taken for one of all attributes.

    /// <summary>All attributes.</summary>
    ALL = 1,

    /// <summary>The key attributes of the table and of the index.</summary>
    KEYS_ONLY,

    /// <summary>The key attributes and those named in NonKeyAttributes.</summary>
    INCLUDE,
}
