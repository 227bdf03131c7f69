namespace ExtendDb.Ef.Model;

/// <summary>The table that a DeleteTable deletes.</summary>
public sealed record DeleteTableResponse
{
    /// <summary>Gets the table, DELETING, without its key, its indexes and the time at which it was created.</summary>
    public required TableDescription TableDescription { get; init; }
}
