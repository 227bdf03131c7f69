namespace ExtendDb.Ef.Model;

/// <summary>Names of tables.</summary>
public sealed record ListTablesResponse
{
    /// <summary>Gets the names in byte order; none when there is no table.</summary>
    public required IReadOnlyList<string> TableNames { get; init; }

    /// <summary>Gets where the next list begins; null when this one was the last.</summary>
    public string? LastEvaluatedTableName { get; init; }
}
