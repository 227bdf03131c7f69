namespace ExtendDb.Ef.Model;

/// <summary>The response of ListTables: one page of names.</summary>
public sealed record ListTablesResponse
{
    /// <summary>Gets the names in the order of their bytes; empty when there are none.</summary>
    public required IReadOnlyList<string> TableNames { get; init; }

    /// <summary>Gets the ExclusiveStartTableName of the next page; null when this page was the last.</summary>
    public string? LastEvaluatedTableName { get; init; }
}
