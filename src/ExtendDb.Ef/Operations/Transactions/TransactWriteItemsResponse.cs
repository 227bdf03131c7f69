namespace ExtendDb.Ef.Model;

/// <summary>The response of TransactWriteItems.</summary>
public sealed record TransactWriteItemsResponse
{
    /// <summary>Gets the consumed capacity of each table; null when the request did not ask for it.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }

    /// <summary>
    /// Gets the sizes of the item collections, by table; null when the request did not ask for them or no table has a
    /// local index.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ItemCollectionMetrics>>? ItemCollectionMetrics { get; init; }
}
