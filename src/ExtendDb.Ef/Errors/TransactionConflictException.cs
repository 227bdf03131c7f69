namespace ExtendDb.Ef.Errors;

/// <summary>Another transaction holds the item, or the two waited for each other; trying again can succeed.</summary>
/// <param name="inner">PostgreSQL's deadlock, lock time-out or serialization failure.</param>
public sealed class TransactionConflictException(Exception? inner = null)
    : DynamoDbException("Transaction is ongoing for the item", inner);
