namespace ExtendDb.Ef.Model;

/// <summary>Why one action cancelled its transaction. Source: DynamoDB API, CancellationReason.</summary>
/// <param name="Code">None, ConditionalCheckFailed, ValidationError, TransactionConflict or ProvisionedThroughputExceeded.</param>
/// <param name="Message">What was wrong; null with None.</param>
/// <param name="Item">The stored item when the condition was false, it was asked for and there is one.</param>
public sealed record CancellationReason(string Code, string? Message = null, AttributeMap? Item = null)
{
    /// <summary>Gets the reason of an action that did not cancel its transaction.</summary>
    public static CancellationReason None { get; } = new("None");
}
