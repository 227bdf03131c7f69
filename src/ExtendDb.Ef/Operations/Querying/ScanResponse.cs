namespace ExtendDb.Ef.Model;

/// <summary>A page of a table or an index.</summary>
/// <param name="Items">The items in the order of the hashes of their partition keys, after the filter; none with Select COUNT.</param>
/// <param name="Count">The number of items after the filter.</param>
/// <param name="ScannedCount">The number of items that were read.</param>
/// <param name="LastEvaluatedKey">Where the next page begins; null when this one was the last.</param>
public sealed record ScanResponse(
    IReadOnlyList<AttributeMap> Items, int Count, int ScannedCount, AttributeMap? LastEvaluatedKey)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
