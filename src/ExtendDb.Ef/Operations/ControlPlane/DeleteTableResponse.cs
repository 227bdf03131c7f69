namespace ExtendDb.Ef.Model;

/// <summary>The table that a DeleteTable deletes.</summary>
public sealed record DeleteTableResponse
{
    /// <summary>Gets the table, DELETING, without its key.</summary>
    public required TableDescription TableDescription { get; init; }
}
