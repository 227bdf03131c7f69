namespace ExtendDb.Ef.Model;

/// <summary>
/// A transaction was cancelled because at least one of its actions cannot be executed; nothing was written.
/// </summary>
/// <param name="reasons">One reason for each action, in the order of the request.</param>
/// <param name="inner">
/// The deadlock, lock time-out or serialization failure of PostgreSQL; null for other causes.
/// </param>
public sealed class TransactionCanceledException(IReadOnlyList<CancellationReason> reasons, Exception? inner = null)
    : DynamoDbException(
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
        + $"[{string.Join(", ", reasons.Select(reason => reason.Code))}]",
        inner)
{
    /// <summary>Gets one reason for each action, in the order of the request.</summary>
    public IReadOnlyList<CancellationReason> CancellationReasons { get; } = reasons;
}
