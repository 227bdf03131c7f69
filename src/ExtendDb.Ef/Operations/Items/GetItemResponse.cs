namespace ExtendDb.Ef.Model;

/// <summary>The response of GetItem.</summary>
public sealed record GetItemResponse
{
    /// <summary>Gets the item, or the projected attributes of the item; null when it does not exist.</summary>
    public AttributeMap? Item { get; init; }

    /// <summary>Gets the consumed capacity; null when the request did not ask for it.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
