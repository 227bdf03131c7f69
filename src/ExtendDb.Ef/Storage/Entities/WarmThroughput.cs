namespace ExtendDb.Ef.Model;

/// <summary>
/// The throughput that a table or a global index is to be able to serve at once. Source: DynamoDB API, WarmThroughput.
/// </summary>
/// <param name="ReadUnitsPerSecond">Reads per second, not fewer than at present; null leaves them.</param>
/// <param name="WriteUnitsPerSecond">Writes per second, not fewer than at present; null leaves them.</param>
/// <remarks>The throughput is stored and returned, and has no effect.</remarks>
public sealed record WarmThroughput(long? ReadUnitsPerSecond, long? WriteUnitsPerSecond)
{
    internal bool IsEmpty => ReadUnitsPerSecond is null && WriteUnitsPerSecond is null;
}
