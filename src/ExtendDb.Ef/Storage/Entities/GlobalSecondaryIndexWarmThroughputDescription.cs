namespace ExtendDb.Ef.Model;

/// <summary>
/// The warm throughput of a global index. Source: DynamoDB API, GlobalSecondaryIndexWarmThroughputDescription.
/// </summary>
/// <param name="ReadUnitsPerSecond">Reads per second, as in <see cref="TableWarmThroughputDescription"/>.</param>
/// <param name="WriteUnitsPerSecond">Writes per second, likewise.</param>
/// <param name="Status">Always ACTIVE.</param>
public sealed record GlobalSecondaryIndexWarmThroughputDescription(
    long ReadUnitsPerSecond, long WriteUnitsPerSecond, IndexStatus Status);
