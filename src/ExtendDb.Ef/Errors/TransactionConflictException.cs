namespace ExtendDb.Ef.Model;

/// <summary>Another transaction holds the item, or both waited for each other; a later attempt can succeed.</summary>
/// <param name="inner">PostgreSQL's deadlock, lock time-out or serialization failure.</param>
public sealed class TransactionConflictException(Exception? inner = null)
    : DynamoDbException("Transaction is ongoing for the item", inner)
{
    /// <summary>
    /// Gets the positions of the items of which one was held when its row could not be found; otherwise none.
    /// </summary>
    internal IReadOnlyList<int> Positions { get; init; } = [];
}
