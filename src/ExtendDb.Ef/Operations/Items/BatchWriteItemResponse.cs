namespace ExtendDb.Ef.Model;

/// <summary>The response of BatchWriteItem.</summary>
public sealed record BatchWriteItemResponse
{
    /// <summary>
    /// Gets the writes to send again, because other transactions locked the items for too long or the global indexes of
    /// their table lag too far; empty when all were done.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<WriteRequest>> UnprocessedItems { get; init; }

    /// <summary>Gets the consumed capacity of each table; null when the request did not ask for it.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }

    /// <summary>
    /// Gets the sizes of the item collections, by table; null when the request did not ask for them or no table has a
    /// local index.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ItemCollectionMetrics>>? ItemCollectionMetrics { get; init; }
}
