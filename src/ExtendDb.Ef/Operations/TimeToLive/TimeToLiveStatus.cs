namespace ExtendDb.Ef.Model;

/// <summary>The state of a table's time to live. Source: DynamoDB API, TimeToLiveDescription.</summary>
public enum TimeToLiveStatus
{
    /// <summary>Items expire.</summary>
    ENABLED,

    /// <summary>Items do not expire.</summary>
    DISABLED,
}
