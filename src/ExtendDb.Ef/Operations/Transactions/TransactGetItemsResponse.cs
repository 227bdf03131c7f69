namespace ExtendDb.Ef.Model;

/// <summary>The response of TransactGetItems.</summary>
public sealed record TransactGetItemsResponse
{
    /// <summary>Gets one response for each read, in the order of the request.</summary>
    public required IReadOnlyList<ItemResponse> Responses { get; init; }

    /// <summary>Gets the consumed capacity of each table; null when the request did not ask for it.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
