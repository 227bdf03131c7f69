namespace ExtendDb.Ef.Model;

/// <summary>What a BatchGetItem returns.</summary>
/// <param name="Responses">The items that are there, by table, in no promised order.</param>
/// <param name="UnprocessedKeys">What was not read because the answer had 16 MB; to be asked for again. Empty otherwise.</param>
public sealed record BatchGetItemResponse(
    IReadOnlyDictionary<string, IReadOnlyList<AttributeMap>> Responses,
    IReadOnlyDictionary<string, KeysAndAttributes> UnprocessedKeys)
{
    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}
