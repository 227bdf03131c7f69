namespace ExtendDb.Ef.Model;

/// <summary>The Time to Live of a table.</summary>
public sealed record DescribeTimeToLiveResponse
{
    /// <summary>Gets the status and the attribute.</summary>
    public required TimeToLiveDescription TimeToLiveDescription { get; init; }
}
