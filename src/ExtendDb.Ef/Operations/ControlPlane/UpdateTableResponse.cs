namespace ExtendDb.Ef.Model;

/// <summary>The table that an UpdateTable changed.</summary>
public sealed record UpdateTableResponse
{
    /// <summary>Gets the table after the change.</summary>
    public required TableDescription TableDescription { get; init; }
}
