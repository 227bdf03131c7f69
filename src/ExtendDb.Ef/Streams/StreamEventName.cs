namespace ExtendDb.Ef.Model;

/// <summary>What happened to an item. Source: DynamoDB API, Record.</summary>
public enum StreamEventName
{
    /// <summary>The item was added.</summary>
    INSERT,

    /// <summary>An attribute of the item was changed.</summary>
    MODIFY,

    /// <summary>The item was deleted.</summary>
    REMOVE,
}
