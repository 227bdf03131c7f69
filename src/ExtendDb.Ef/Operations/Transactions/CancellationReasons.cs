using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>Collects why the actions of a transaction cannot be done.</summary>
/// <param name="actions">How many actions there are.</param>
internal sealed class CancellationReasons(int actions)
{
    private const string ConditionalCheckFailed = "ConditionalCheckFailed";
    private const string ValidationError = "ValidationError";
    private const string TransactionConflict = "TransactionConflict";
    private const string ProvisionedThroughputExceeded = "ProvisionedThroughputExceeded";

    private readonly CancellationReason[] _reasons =
        [.. Enumerable.Repeat(CancellationReason.None, actions)];

    /// <summary>Makes the cancellation for one action that breaks a rule; what else is wrong is not looked at.</summary>
    public static TransactionCanceledException Of(int actions, int action, ValidationException broken)
    {
        var reasons = new CancellationReasons(actions);
        reasons.Add(action, broken);
        return new(reasons._reasons);
    }

    /// <summary>Makes the cancellation for items that others hold.</summary>
    public static TransactionCanceledException Of(int actions, IEnumerable<int> held, Exception conflict)
    {
        var reasons = new CancellationReasons(actions);
        foreach (var action in held)
        {
            reasons._reasons[action] = new(TransactionConflict, "Transaction is ongoing for the item");
        }

        return new(reasons._reasons, conflict);
    }

    /// <summary>Makes the cancellation for items of a table whose global indexes lag too far behind.</summary>
    /// <param name="ofTable">For each action whether it is of that table.</param>
    /// <param name="throttled">The refusal.</param>
    public static TransactionCanceledException Of(
        IReadOnlyList<bool> ofTable, ProvisionedThroughputExceededException throttled)
    {
        var reasons = new CancellationReasons(ofTable.Count);
        for (var action = 0; action < ofTable.Count; action++)
        {
            if (ofTable[action])
            {
                reasons._reasons[action] = new(ProvisionedThroughputExceeded, throttled.Message);
            }
        }

        return new(reasons._reasons, throttled);
    }

    public void Add(int action, ConditionalCheckFailedException failed) =>
        _reasons[action] = new(ConditionalCheckFailed, failed.Message, failed.Item);

    public void Add(int action, ValidationException broken) => _reasons[action] = new(ValidationError, broken.Message);

    /// <summary>Cancels the transaction when an action cannot be done.</summary>
    /// <exception cref="TransactionCanceledException">One cannot.</exception>
    public void ThrowIfAny()
    {
        if (_reasons.Any(reason => reason != CancellationReason.None))
        {
            throw new TransactionCanceledException(_reasons);
        }
    }
}
