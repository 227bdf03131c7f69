namespace ExtendDb.Ef.Model;

/// <summary>The states of an index. Source: DynamoDB API, GlobalSecondaryIndexDescription.</summary>
public enum IndexStatus
{
    /// <summary>The index is being filled and cannot be queried.</summary>
    CREATING,

    /// <summary>The index can be queried.</summary>
    ACTIVE,

    /// <summary>The index has been removed; only the answer to its removal returns this state.</summary>
    DELETING,
}
