namespace ExtendDb.Ef.Model;

/// <summary>Whether the items of a table expire. Source: DynamoDB API, TimeToLiveDescription.</summary>
public enum TimeToLiveStatus
{
    /// <summary>They do.</summary>
    ENABLED,

    /// <summary>They do not.</summary>
    DISABLED,
}
