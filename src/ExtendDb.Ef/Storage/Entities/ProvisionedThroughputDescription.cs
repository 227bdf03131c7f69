namespace ExtendDb.Ef.Model;

/// <summary>The capacity that is provisioned for a table or a global index, and when it was changed.</summary>
/// <param name="ReadCapacityUnits">Reads per second; 0 when it is PAY_PER_REQUEST.</param>
/// <param name="WriteCapacityUnits">Writes per second; 0 when it is PAY_PER_REQUEST.</param>
/// <param name="NumberOfDecreasesToday">How often one of them was lowered since 0:00 UTC; the number is not limited.</param>
/// <param name="LastIncreaseDateTime">When one of them was last raised; null when never.</param>
/// <param name="LastDecreaseDateTime">When one of them was last lowered; null when never.</param>
/// <remarks>Source: DynamoDB API, ProvisionedThroughputDescription.</remarks>
public sealed record ProvisionedThroughputDescription(
    long ReadCapacityUnits,
    long WriteCapacityUnits,
    long NumberOfDecreasesToday,
    DateTimeOffset? LastIncreaseDateTime,
    DateTimeOffset? LastDecreaseDateTime);
