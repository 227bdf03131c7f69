namespace ExtendDb.Ef.Model;

/// <summary>The response of Scan: one page of items.</summary>
public sealed record ScanResponse
{
    /// <summary>
    /// Gets the items that pass the filter, in the order of the hashes of their partition keys; empty with Select
    /// COUNT.
    /// </summary>
    public required IReadOnlyList<AttributeMap> Items { get; init; }

    /// <summary>Gets the number of items that pass the filter.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the number of items that were read, before the filter.</summary>
    public required int ScannedCount { get; init; }

    /// <summary>Gets the ExclusiveStartKey of the next page; null when this page was the last.</summary>
    public AttributeMap? LastEvaluatedKey { get; init; }

    /// <summary>Gets the consumed capacity; null when the request did not ask for it.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
