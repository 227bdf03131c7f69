namespace ExtendDb.Ef.Model;

/// <summary>A page of what a Query found.</summary>
/// <param name="Items">The items in order of their sort keys, after the filter; none with Select COUNT.</param>
/// <param name="Count">The number of items after the filter.</param>
/// <param name="ScannedCount">The number of items that were read.</param>
/// <param name="LastEvaluatedKey">Where the next page begins; null when this one was the last.</param>
public sealed record QueryResponse(
    IReadOnlyList<AttributeMap> Items, int Count, int ScannedCount, AttributeMap? LastEvaluatedKey)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
