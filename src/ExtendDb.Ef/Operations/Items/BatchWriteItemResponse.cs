namespace ExtendDb.Ef.Model;

/// <summary>What a BatchWriteItem returns.</summary>
public sealed record BatchWriteItemResponse
{
    /// <summary>Gets what was not written because others held the items for too long, or the global indexes of their table lag too far behind; to be sent again.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<WriteRequest>> UnprocessedItems { get; init; }

    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }

    /// <summary>Gets the sizes of the items' collections, by table; null when they were not asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ItemCollectionMetrics>>? ItemCollectionMetrics { get; init; }
}
