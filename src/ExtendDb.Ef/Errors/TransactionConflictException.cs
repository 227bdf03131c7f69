namespace ExtendDb.Ef.Model;

/// <summary>Another transaction holds the item, or the two waited for each other; trying again can succeed.</summary>
/// <param name="inner">PostgreSQL's deadlock, lock time-out or serialization failure.</param>
public sealed class TransactionConflictException(Exception? inner = null)
    : DynamoDbException("Transaction is ongoing for the item", inner)
{
    /// <summary>Gets the items of which one was waited for in vain, when its row could not be found; otherwise none.</summary>
    internal IReadOnlyList<int> Positions { get; init; } = [];
}
