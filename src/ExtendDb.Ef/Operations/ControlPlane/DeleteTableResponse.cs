namespace ExtendDb.Ef.Model;

/// <summary>The response of DeleteTable.</summary>
public sealed record DeleteTableResponse
{
    /// <summary>
    /// Gets the table, with the status DELETING, without its key schema, attribute definitions, indexes and creation time.
    /// </summary>
    public required TableDescription TableDescription { get; init; }
}
