namespace ExtendDb.Ef.Model;

/// <summary>The response of PutItem.</summary>
public sealed record PutItemResponse
{
    /// <summary>
    /// Gets the replaced item when the request asked for ALL_OLD and the item existed; otherwise null.
    /// </summary>
    public AttributeMap? Attributes { get; init; }

    /// <summary>Gets the consumed capacity; null when the request did not ask for it.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>
    /// Gets the size of the item collection; null when the request did not ask for it or the table has no local index.
    /// </summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}
