namespace ExtendDb.Ef.Attributes;

/// <summary>DynamoDB's ten attribute types. Source: DynamoDB API, AttributeValue.</summary>
public enum AttributeType
{
    /// <summary>String.</summary>
    S,

    /// <summary>Number.</summary>
    N,

    /// <summary>Binary.</summary>
    B,

    /// <summary>Boolean.</summary>
    BOOL,

    /// <summary>Null.</summary>
    NULL,

    /// <summary>Map.</summary>
    M,

    /// <summary>List.</summary>
    L,

    /// <summary>String set.</summary>
    SS,

    /// <summary>Number set.</summary>
    NS,

    /// <summary>Binary set.</summary>
    BS,
}
