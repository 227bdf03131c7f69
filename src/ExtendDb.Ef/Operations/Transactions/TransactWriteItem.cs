namespace ExtendDb.Ef.Model;

/// <summary>
/// One action of a TransactWriteItems; exactly one of its members is not null. Source: DynamoDB API, TransactWriteItem.
/// </summary>
public sealed record TransactWriteItem
{
    /// <summary>Gets the condition on an item that the transaction does not write; null for another action.</summary>
    public ConditionCheck? ConditionCheck { get; init; }

    /// <summary>Gets the put of an item; null for another action.</summary>
    public Put? Put { get; init; }

    /// <summary>Gets the deletion of an item; null for another action.</summary>
    public Delete? Delete { get; init; }

    /// <summary>Gets the update of an item; null for another action.</summary>
    public Update? Update { get; init; }
}
