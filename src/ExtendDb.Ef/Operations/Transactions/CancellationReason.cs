namespace ExtendDb.Ef.Model;

/// <summary>The result of one action in a cancelled transaction. Source: DynamoDB API, CancellationReason.</summary>
/// <param name="Code">
/// ConditionalCheckFailed, ValidationError, TransactionConflict or ProvisionedThroughputExceeded; None for an action
/// that did not cancel the transaction.
/// </param>
/// <param name="Message">The error; null with None.</param>
/// <param name="Item">
/// The stored item for which the condition was false; null when the action did not ask for it or it does not exist.
/// </param>
public sealed record CancellationReason(string Code, string? Message = null, AttributeMap? Item = null)
{
    /// <summary>Gets the reason of an action that did not cancel its transaction.</summary>
    public static CancellationReason None { get; } = new("None");
}
