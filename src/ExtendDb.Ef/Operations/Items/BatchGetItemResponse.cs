namespace ExtendDb.Ef.Model;

/// <summary>The response of BatchGetItem.</summary>
public sealed record BatchGetItemResponse
{
    /// <summary>
    /// Gets the items that exist, by table as the request names it, in no particular order; a table without items has an
    /// empty list.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<AttributeMap>> Responses { get; init; }

    /// <summary>Gets the keys to request again, because the response reached 16 MB; empty when all were read.</summary>
    public required IReadOnlyDictionary<string, KeysAndAttributes> UnprocessedKeys { get; init; }

    /// <summary>Gets the consumed capacity of each table; null when the request did not ask for it.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
