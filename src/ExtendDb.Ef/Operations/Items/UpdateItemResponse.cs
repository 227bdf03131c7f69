namespace ExtendDb.Ef.Model;

/// <summary>What an UpdateItem returns.</summary>
public sealed record UpdateItemResponse
{
    /// <summary>Gets the attributes asked for; null when there are none.</summary>
    public AttributeMap? Attributes { get; init; }

    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>Gets the size of the item's collection; null when it was not asked for or the table has no local index.</summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}
