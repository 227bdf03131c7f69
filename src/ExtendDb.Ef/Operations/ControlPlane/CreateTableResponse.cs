namespace ExtendDb.Ef.Model;

/// <summary>The response of CreateTable.</summary>
public sealed record CreateTableResponse
{
    /// <summary>
    /// Gets the table, with the status CREATING as in DynamoDB, although the table can be used at once.
    /// </summary>
    public required TableDescription TableDescription { get; init; }
}
