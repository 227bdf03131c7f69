namespace ExtendDb.Ef.Model;

/// <summary>A page of a table or an index.</summary>
public sealed record ScanResponse
{
    /// <summary>Gets the items in the order of the hashes of their partition keys, after the filter; none with Select COUNT.</summary>
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
