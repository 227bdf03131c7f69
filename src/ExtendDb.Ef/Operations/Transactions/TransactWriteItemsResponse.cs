namespace ExtendDb.Ef.Model;

/// <summary>What a TransactWriteItems returns.</summary>
public sealed record TransactWriteItemsResponse
{
    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }

    /// <summary>Gets the sizes of the items' collections, by table; null when they were not asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ItemCollectionMetrics>>? ItemCollectionMetrics { get; init; }
}
