namespace ExtendDb.Ef.Model;

/// <summary>Which attributes a Query or Scan returns. Source: DynamoDB API, Query, Select.</summary>
public enum Select
{
    /// <summary>All attributes of the items; of a local index, those that it lacks are read from the table.</summary>
    ALL_ATTRIBUTES,

    /// <summary>All attributes that the index projects.</summary>
    ALL_PROJECTED_ATTRIBUTES,

    /// <summary>The attributes that a projection names.</summary>
    SPECIFIC_ATTRIBUTES,

    /// <summary>None, only their number.</summary>
    COUNT,
}
