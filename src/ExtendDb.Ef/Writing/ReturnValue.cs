namespace ExtendDb.Ef.Model;

/// <summary>The attributes that a write returns. Source: DynamoDB API, PutItem and UpdateItem, ReturnValues.</summary>
public enum ReturnValue
{
    /// <summary>No attributes.</summary>
    NONE,

    /// <summary>All attributes of the item before the write.</summary>
    ALL_OLD,

    /// <summary>The updated attributes before the write; UpdateItem only.</summary>
    UPDATED_OLD,

    /// <summary>All attributes of the item after the write; UpdateItem only.</summary>
    ALL_NEW,

    /// <summary>The updated attributes after the write; UpdateItem only.</summary>
    UPDATED_NEW,
}
