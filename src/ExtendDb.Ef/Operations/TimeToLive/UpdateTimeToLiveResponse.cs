namespace ExtendDb.Ef.Model;

/// <summary>The Time to Live that an UpdateTimeToLive set.</summary>
public sealed record UpdateTimeToLiveResponse
{
    /// <summary>Gets the attribute, and whether items expire.</summary>
    public required TimeToLiveSpecification TimeToLiveSpecification { get; init; }
}
