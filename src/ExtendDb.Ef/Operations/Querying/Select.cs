namespace ExtendDb.Ef.Model;

/// <summary>The kind of attributes that a Query or Scan returns. Source: DynamoDB API, Query, Select.</summary>
public enum Select
{
    /// <summary>All attributes of the items; attributes that a local index lacks are read from the table.</summary>
    ALL_ATTRIBUTES,

    /// <summary>All attributes that the index projects.</summary>
    ALL_PROJECTED_ATTRIBUTES,

    /// <summary>The attributes of the request's projection.</summary>
    SPECIFIC_ATTRIBUTES,

    /// <summary>No attributes, only the number of items.</summary>
    COUNT,
}
