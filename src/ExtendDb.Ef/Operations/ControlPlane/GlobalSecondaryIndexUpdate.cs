namespace ExtendDb.Ef.Model;

/// <summary>
/// One change of one global secondary index; exactly one member is given. Source: DynamoDB API,
/// GlobalSecondaryIndexUpdate.
/// </summary>
public sealed record GlobalSecondaryIndexUpdate
{
    /// <summary>Gets the index to be created; null for none.</summary>
    public CreateGlobalSecondaryIndexAction? Create { get; init; }

    /// <summary>Gets the index whose capacity or delay is to be changed; null for none.</summary>
    public UpdateGlobalSecondaryIndexAction? Update { get; init; }

    /// <summary>Gets the index to be removed; null for none.</summary>
    public DeleteGlobalSecondaryIndexAction? Delete { get; init; }

    /// <summary>Gets the name of the index that the change affects.</summary>
    internal string? IndexName => Create?.IndexName ?? Update?.IndexName ?? Delete?.IndexName;
}
