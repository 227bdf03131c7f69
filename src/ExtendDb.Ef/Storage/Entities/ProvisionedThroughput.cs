namespace ExtendDb.Ef.Model;

/// <summary>The capacity to be provisioned for a table or a global index. Source: DynamoDB API, ProvisionedThroughput.</summary>
/// <param name="ReadCapacityUnits">Reads per second, at least 1; null is refused.</param>
/// <param name="WriteCapacityUnits">Writes per second, at least 1; null is refused.</param>
/// <remarks>The capacity is stored and returned; it throttles nothing.</remarks>
public sealed record ProvisionedThroughput(long? ReadCapacityUnits, long? WriteCapacityUnits);
