namespace ExtendDb.Ef.Model;

/// <summary>The kinds of projections. Source: DynamoDB API, Projection.</summary>
public enum ProjectionType
{
    // From 1, so that a projection without a type is not taken for one of all attributes.

    /// <summary>The index holds all attributes.</summary>
    ALL = 1,

    /// <summary>The index holds the key attributes of the table and of the index.</summary>
    KEYS_ONLY,

    /// <summary>The index holds the key attributes and the attributes of NonKeyAttributes.</summary>
    INCLUDE,
}
