namespace ExtendDb.Ef.Model;

/// <summary>The response of UpdateItem.</summary>
public sealed record UpdateItemResponse
{
    /// <summary>Gets the attributes that ReturnValues asked for; null when there are none.</summary>
    public AttributeMap? Attributes { get; init; }

    /// <summary>Gets the consumed capacity; null when the request did not ask for it.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>
    /// Gets the size of the item collection; null when the request did not ask for it or the table has no local index.
    /// </summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}
