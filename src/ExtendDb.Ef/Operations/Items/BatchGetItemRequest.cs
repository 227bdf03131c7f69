namespace ExtendDb.Ef.Model;

/// <summary>Keys of items to be read, of one or more tables.</summary>
/// <param name="RequestItems">The keys, by table; at most 100 in all.</param>
public sealed record BatchGetItemRequest(IReadOnlyDictionary<string, KeysAndAttributes> RequestItems)
{
    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
