namespace ExtendDb.Ef.Model;

/// <summary>The warm throughput of a table. Source: DynamoDB API, TableWarmThroughputDescription.</summary>
/// <param name="ReadUnitsPerSecond">
/// Reads per second: 12,000 of a table that is or was PAY_PER_REQUEST, the most that was ever provisioned or asked for
/// when that is more.
/// </param>
/// <param name="WriteUnitsPerSecond">Writes per second, likewise with 4,000.</param>
/// <param name="Status">Always ACTIVE.</param>
public sealed record TableWarmThroughputDescription(long ReadUnitsPerSecond, long WriteUnitsPerSecond, TableStatus Status);
