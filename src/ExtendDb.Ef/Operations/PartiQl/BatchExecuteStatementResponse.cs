namespace ExtendDb.Ef.Model;

/// <summary>The response of BatchExecuteStatement.</summary>
public sealed record BatchExecuteStatementResponse
{
    /// <summary>Gets one response for each statement, in the order of the request.</summary>
    public required IReadOnlyList<BatchStatementResponse> Responses { get; init; }

    /// <summary>Gets the consumed capacity of each table; null when the request did not ask for it.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
