namespace ExtendDb.Ef.Model;

/// <summary>The response of DescribeLimits: the largest capacities. Source: DynamoDB API, DescribeLimits.</summary>
public sealed record DescribeLimitsResponse
{
    /// <summary>Gets the largest number of read capacity units of all tables together.</summary>
    public required long AccountMaxReadCapacityUnits { get; init; }

    /// <summary>Gets the largest number of write capacity units of all tables together.</summary>
    public required long AccountMaxWriteCapacityUnits { get; init; }

    /// <summary>Gets the largest number of read capacity units of one table.</summary>
    public required long TableMaxReadCapacityUnits { get; init; }

    /// <summary>Gets the largest number of write capacity units of one table.</summary>
    public required long TableMaxWriteCapacityUnits { get; init; }
}
