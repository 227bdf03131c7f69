namespace ExtendDb.Ef.Model;

/// <summary>The response of DescribeTimeToLive.</summary>
public sealed record DescribeTimeToLiveResponse
{
    /// <summary>Gets the status of the time to live, and the attribute with the time of expiry.</summary>
    public required TimeToLiveDescription TimeToLiveDescription { get; init; }
}
