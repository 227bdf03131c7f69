namespace ExtendDb.Ef.Telemetry;

/// <summary>The result of a periodic verification, as the gauges report it.</summary>
/// <param name="Database">The name of the database.</param>
/// <param name="Indexes">The number of divergent entries of each index.</param>
internal sealed record VerificationSample(
    string Database, IReadOnlyCollection<(string Table, string Index, long Divergent)> Indexes);
