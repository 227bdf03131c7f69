namespace ExtendDb.Ef.Model;

/// <summary>DynamoDB's ten attribute types. Source: DynamoDB API, AttributeValue.</summary>
public enum AttributeType
{
    // From 1, so that a definition without a type is not taken for one of a string.

    /// <summary>String.</summary>
    S = 1,

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
