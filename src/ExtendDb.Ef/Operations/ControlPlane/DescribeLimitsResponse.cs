namespace ExtendDb.Ef.Model;

/// <summary>The capacity that can be provisioned. Source: DynamoDB API, DescribeLimits.</summary>
public sealed record DescribeLimitsResponse
{
    /// <summary>Gets reads per second of all tables together.</summary>
    public required long AccountMaxReadCapacityUnits { get; init; }

    /// <summary>Gets writes per second of all tables together.</summary>
    public required long AccountMaxWriteCapacityUnits { get; init; }

    /// <summary>Gets reads per second of one table.</summary>
    public required long TableMaxReadCapacityUnits { get; init; }

    /// <summary>Gets writes per second of one table.</summary>
    public required long TableMaxWriteCapacityUnits { get; init; }
}
