namespace ExtendDb.Ef.Model;

/// <summary>Items to be put and keys of items to be deleted, of one or more tables.</summary>
/// <param name="RequestItems">The writes, by table; at most 25 in all and 16 MB.</param>
public sealed record BatchWriteItemRequest(IReadOnlyDictionary<string, IReadOnlyList<WriteRequest>> RequestItems)
{
    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the sizes of the items' collections.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}
