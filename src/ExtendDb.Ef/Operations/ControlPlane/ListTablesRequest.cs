namespace ExtendDb.Ef.Model;

/// <summary>A request to list the names of tables.</summary>
public sealed record ListTablesRequest
{
    /// <summary>Gets the name, not the ARN, after which the list starts; null for the first page.</summary>
    public string? ExclusiveStartTableName { get; init; }

    /// <summary>Gets the largest number of names to list, 1 to 100; null is 100.</summary>
    public int? Limit { get; init; }
}
