namespace ExtendDb.Ef.Model;

/// <summary>A transaction with the same ClientRequestToken is still running; a later attempt can succeed.</summary>
/// <param name="inner">PostgreSQL's lock time-out.</param>
public sealed class TransactionInProgressException(Exception? inner = null)
    : DynamoDbException("The transaction with the given request token is already in progress", inner);
