namespace ExtendDb.Ef.Model;

/// <summary>The response of UpdateTimeToLive.</summary>
public sealed record UpdateTimeToLiveResponse
{
    /// <summary>Gets the attribute with the time of expiry, and whether items expire.</summary>
    public required TimeToLiveSpecification TimeToLiveSpecification { get; init; }
}
