namespace ExtendDb.Ef.Model;

/// <summary>The provisioned capacity of a table or a global index, and the times of its last changes.</summary>
/// <param name="ReadCapacityUnits">Reads per second; 0 for PAY_PER_REQUEST.</param>
/// <param name="WriteCapacityUnits">Writes per second; 0 for PAY_PER_REQUEST.</param>
/// <param name="NumberOfDecreasesToday">The number of decreases since 0:00 UTC; it is not limited.</param>
/// <param name="LastIncreaseDateTime">The time of the last increase; null when there was none.</param>
/// <param name="LastDecreaseDateTime">The time of the last decrease; null when there was none.</param>
/// <remarks>Source: DynamoDB API, ProvisionedThroughputDescription.</remarks>
public sealed record ProvisionedThroughputDescription(
    long ReadCapacityUnits,
    long WriteCapacityUnits,
    long NumberOfDecreasesToday,
    DateTimeOffset? LastIncreaseDateTime,
    DateTimeOffset? LastDecreaseDateTime);
