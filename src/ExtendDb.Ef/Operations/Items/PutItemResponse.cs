namespace ExtendDb.Ef.Model;

/// <summary>What a PutItem returns.</summary>
public sealed record PutItemResponse
{
    /// <summary>Gets the replaced item when ALL_OLD was asked for and the key was taken; otherwise null.</summary>
    public AttributeMap? Attributes { get; init; }

    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>Gets the size of the item's collection; null when it was not asked for or the table has no local index.</summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}
