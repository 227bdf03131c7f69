namespace ExtendDb.Ef.Model;

/// <summary>What a GetItem returns.</summary>
/// <param name="Item">The item, or what the projection leaves of it; null when there is none.</param>
public sealed record GetItemResponse(AttributeMap? Item)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
