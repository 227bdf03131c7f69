namespace ExtendDb.Ef.Model;

/// <summary>Actions that are done all together or not at all.</summary>
/// <param name="TransactItems">The actions, at most 100 on as many different items, and 4 MB.</param>
public sealed record TransactWriteItemsRequest(IReadOnlyList<TransactWriteItem> TransactItems)
{
    /// <summary>Gets a token that makes the same request, sent again within ten minutes, do nothing; null for none.</summary>
    public string? ClientRequestToken { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the sizes of the items' collections.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}
