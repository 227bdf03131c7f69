namespace ExtendDb.Ef.Model;

/// <summary>The capacity that can be provisioned. Source: DynamoDB API, DescribeLimits.</summary>
/// <param name="AccountMaxReadCapacityUnits">Reads per second of all tables together.</param>
/// <param name="AccountMaxWriteCapacityUnits">Writes per second of all tables together.</param>
/// <param name="TableMaxReadCapacityUnits">Reads per second of one table.</param>
/// <param name="TableMaxWriteCapacityUnits">Writes per second of one table.</param>
public sealed record DescribeLimitsResponse(
    long AccountMaxReadCapacityUnits,
    long AccountMaxWriteCapacityUnits,
    long TableMaxReadCapacityUnits,
    long TableMaxWriteCapacityUnits);
