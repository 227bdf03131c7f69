namespace ExtendDb.Ef.Model;

/// <summary>Which names of tables to list.</summary>
public sealed record ListTablesRequest
{
    /// <summary>Gets the name, not the ARN, behind which the list begins; no table needs to have it. Null for the beginning.</summary>
    public string? ExclusiveStartTableName { get; init; }

    /// <summary>Gets the most names to list, 1 to 100; null for 100.</summary>
    public int? Limit { get; init; }
}
