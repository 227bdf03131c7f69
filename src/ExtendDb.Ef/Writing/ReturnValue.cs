namespace ExtendDb.Ef.Model;

/// <summary>Which attributes a write returns. Source: DynamoDB API, PutItem and UpdateItem, ReturnValues.</summary>
public enum ReturnValue
{
    /// <summary>None.</summary>
    NONE,

    /// <summary>All attributes of the item as it was before.</summary>
    ALL_OLD,

    /// <summary>The updated attributes as they were before; UpdateItem only.</summary>
    UPDATED_OLD,

    /// <summary>All attributes of the item as it is now; UpdateItem only.</summary>
    ALL_NEW,

    /// <summary>The updated attributes as they are now; UpdateItem only.</summary>
    UPDATED_NEW,
}
