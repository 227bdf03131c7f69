namespace ExtendDb.Ef.Model;

/// <summary>A page of what a Query found.</summary>
public sealed record QueryResponse
{
    /// <summary>Gets the items in order of their sort keys, after the filter; none with Select COUNT.</summary>
    public required IReadOnlyList<AttributeMap> Items { get; init; }

    /// <summary>Gets the number of items after the filter.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the number of items that were read.</summary>
    public required int ScannedCount { get; init; }

    /// <summary>Gets where the next page begins; null when this one was the last.</summary>
    public AttributeMap? LastEvaluatedKey { get; init; }

    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
