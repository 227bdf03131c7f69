namespace ExtendDb.Ef.Model;

/// <summary>What a TransactGetItems returns.</summary>
/// <param name="Responses">One for each key, in the order of the request.</param>
public sealed record TransactGetItemsResponse(IReadOnlyList<ItemResponse> Responses)
{
    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
