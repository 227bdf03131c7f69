namespace ExtendDb.Ef.Model;

/// <summary>One action of a transaction; exactly one of its members is given. Source: DynamoDB API, TransactWriteItem.</summary>
public sealed record TransactWriteItem
{
    /// <summary>Gets a condition on an item that the transaction does not write.</summary>
    public ConditionCheck? ConditionCheck { get; init; }

    /// <summary>Gets an item to be put.</summary>
    public Put? Put { get; init; }

    /// <summary>Gets the key of an item to be deleted.</summary>
    public Delete? Delete { get; init; }

    /// <summary>Gets changes of an item.</summary>
    public Update? Update { get; init; }
}
