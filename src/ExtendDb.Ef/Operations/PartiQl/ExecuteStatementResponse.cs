namespace ExtendDb.Ef.Model;

/// <summary>The response of ExecuteStatement.</summary>
public sealed record ExecuteStatementResponse
{
    /// <summary>
    /// Gets the items of a SELECT, or the item that RETURNING returns; empty for a write without RETURNING.
    /// </summary>
    public required IReadOnlyList<AttributeMap> Items { get; init; }

    /// <summary>Gets the token by which the same statement reads the next page; null when this page was the last.</summary>
    public string? NextToken { get; init; }

    /// <summary>Gets the consumed capacity; null when the request did not ask for it.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}
