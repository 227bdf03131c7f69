namespace ExtendDb.Ef.Model;

/// <summary>What a BatchGetItem returns.</summary>
public sealed record BatchGetItemResponse
{
    /// <summary>Gets the items that are there, by table, as the request names the table, in no promised order.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<AttributeMap>> Responses { get; init; }

    /// <summary>Gets what was not read because the answer had 16 MB; to be asked for again. Empty otherwise.</summary>
    public required IReadOnlyDictionary<string, KeysAndAttributes> UnprocessedKeys { get; init; }

    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
