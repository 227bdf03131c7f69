namespace ExtendDb.Ef.Model;

/// <summary>The table that a CreateTable created.</summary>
public sealed record CreateTableResponse
{
    /// <summary>Gets the table: ACTIVE, or CREATING as DynamoDB reports it.</summary>
    public required TableDescription TableDescription { get; init; }
}
