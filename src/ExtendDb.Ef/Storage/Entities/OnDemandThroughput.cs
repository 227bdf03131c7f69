namespace ExtendDb.Ef.Model;

/// <summary>The most requests of a table or a global index that is PAY_PER_REQUEST. Source: DynamoDB API, OnDemandThroughput.</summary>
/// <param name="MaxReadRequestUnits">
/// The most read request units per second, at least 1; null for no maximum in CreateTable and in a description. In
/// UpdateTable null leaves the maximum, and -1 removes it.
/// </param>
/// <param name="MaxWriteRequestUnits">The most write request units per second, likewise.</param>
/// <remarks>The maximum is stored and returned; it throttles nothing.</remarks>
public sealed record OnDemandThroughput(long? MaxReadRequestUnits, long? MaxWriteRequestUnits)
{
    internal bool IsEmpty => MaxReadRequestUnits is null && MaxWriteRequestUnits is null;
}
