namespace ExtendDb.Ef.Model;

/// <summary>What a GetItem returns.</summary>
public sealed record GetItemResponse
{
    /// <summary>Gets the item, or what the projection leaves of it; null when there is none.</summary>
    public AttributeMap? Item { get; init; }

    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
