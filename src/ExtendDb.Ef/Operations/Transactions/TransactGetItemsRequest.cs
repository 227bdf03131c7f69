namespace ExtendDb.Ef.Model;

/// <summary>Keys of items to be read in one snapshot.</summary>
/// <param name="TransactItems">The keys, at most 100, of as many different items.</param>
public sealed record TransactGetItemsRequest(IReadOnlyList<TransactGetItem> TransactItems)
{
    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
