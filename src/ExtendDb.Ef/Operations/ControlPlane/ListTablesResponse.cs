namespace ExtendDb.Ef.Model;

/// <summary>Names of tables.</summary>
/// <param name="TableNames">The names in byte order; none when there is no table.</param>
/// <param name="LastEvaluatedTableName">Where the next list begins; null when this one was the last.</param>
public sealed record ListTablesResponse(IReadOnlyList<string> TableNames, string? LastEvaluatedTableName);
