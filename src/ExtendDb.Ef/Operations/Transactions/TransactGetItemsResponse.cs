namespace ExtendDb.Ef.Model;

/// <summary>What a TransactGetItems returns.</summary>
public sealed record TransactGetItemsResponse
{
    /// <summary>Gets one for each key, in the order of the request.</summary>
    public required IReadOnlyList<ItemResponse> Responses { get; init; }

    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
