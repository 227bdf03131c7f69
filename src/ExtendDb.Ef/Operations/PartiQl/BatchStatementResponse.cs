namespace ExtendDb.Ef.Model;

/// <summary>The result of one statement of a batch. Source: DynamoDB API, BatchStatementResponse.</summary>
public sealed record BatchStatementResponse
{
    /// <summary>Gets the error; null when the statement was executed.</summary>
    public BatchStatementError? Error { get; init; }

    /// <summary>Gets the item that was read, or that RETURNING returns; null for none.</summary>
    public AttributeMap? Item { get; init; }

    /// <summary>Gets the name of the table; null when the statement was refused before it was executed.</summary>
    public string? TableName { get; init; }
}
