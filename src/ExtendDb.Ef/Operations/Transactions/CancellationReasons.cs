using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>Collects the reasons that cancel a transaction, one for each action.</summary>
/// <param name="actions">The number of actions.</param>
internal sealed class CancellationReasons(int actions)
{
    private const string ConditionalCheckFailed = "ConditionalCheckFailed";
    private const string ValidationError = "ValidationError";
    private const string ResourceNotFound = "ResourceNotFound";
    private const string TransactionConflict = "TransactionConflict";
    private const string ProvisionedThroughputExceeded = "ProvisionedThroughputExceeded";

    private readonly CancellationReason[] _reasons =
        [.. Enumerable.Repeat(CancellationReason.None, actions)];

    /// <summary>Creates the exception for one action that breaks a rule; the other actions get no reason.</summary>
    public static TransactionCanceledException Of(int actions, int action, ValidationException broken)
    {
        var reasons = new CancellationReasons(actions);
        reasons.Add(action, broken);
        return new(reasons._reasons);
    }

    /// <summary>Creates the exception for actions whose items other transactions have locked.</summary>
    public static TransactionCanceledException Of(int actions, IEnumerable<int> held, Exception conflict)
    {
        var reasons = new CancellationReasons(actions);
        foreach (var action in held)
        {
            reasons._reasons[action] = new(TransactionConflict, "Transaction is ongoing for the item");
        }

        return new(reasons._reasons, conflict);
    }

    /// <summary>Creates the exception for actions on a table whose global indexes lag too far.</summary>
    /// <param name="ofTable">For each action, whether it is on that table.</param>
    /// <param name="throttled">The exception of the refused table.</param>
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

    // DynamoDB has no code of its own for it here.
    public void Add(int action, DuplicateItemException duplicate) => _reasons[action] = new(ValidationError, duplicate.Message);

    public void Add(int action, ResourceNotFoundException missing) => _reasons[action] = new(ResourceNotFound, missing.Message);

    public void Add(int action, ValidationException broken) => _reasons[action] = new(ValidationError, broken.Message);

    /// <summary>Throws when an action has a reason.</summary>
    /// <exception cref="TransactionCanceledException">At least one action has a reason.</exception>
    public void ThrowIfAny()
    {
        if (_reasons.Any(reason => reason != CancellationReason.None))
        {
            throw new TransactionCanceledException(_reasons);
        }
    }
}
