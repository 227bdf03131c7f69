namespace ExtendDb.Ef.Model;

/// <summary>What an UpdateItem returns.</summary>
/// <param name="Attributes">The attributes asked for; null when there are none.</param>
public sealed record UpdateItemResponse(AttributeMap? Attributes)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>Gets the size of the item's collection; null when it was not asked for or the table has no local index.</summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}
