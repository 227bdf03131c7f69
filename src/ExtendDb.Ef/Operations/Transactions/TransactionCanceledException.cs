namespace ExtendDb.Ef.Model;

/// <summary>An action of a transaction could not be done, so none was.</summary>
/// <param name="reasons">One reason for each action, in the order of the request.</param>
/// <param name="inner">PostgreSQL's deadlock, lock time-out or serialization failure, if that was it.</param>
public sealed class TransactionCanceledException(IReadOnlyList<CancellationReason> reasons, Exception? inner = null)
    : DynamoDbException(
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
        + $"[{string.Join(", ", reasons.Select(reason => reason.Code))}]",
        inner)
{
    /// <summary>Gets one reason for each action, in the order of the request.</summary>
    public IReadOnlyList<CancellationReason> CancellationReasons { get; } = reasons;
}
