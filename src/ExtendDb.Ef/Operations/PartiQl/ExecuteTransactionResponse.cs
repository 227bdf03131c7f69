namespace ExtendDb.Ef.Model;

/// <summary>The response of ExecuteTransaction.</summary>
public sealed record ExecuteTransactionResponse
{
    /// <summary>Gets one response for each SELECT, in the order of the request; empty when the statements write.</summary>
    public required IReadOnlyList<ItemResponse> Responses { get; init; }

    /// <summary>Gets the consumed capacity of each table; null when the request did not ask for it.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
