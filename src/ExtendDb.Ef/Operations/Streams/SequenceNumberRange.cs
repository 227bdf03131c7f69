namespace ExtendDb.Ef.Model;

/// <summary>The records of a shard. Source: DynamoDB API, SequenceNumberRange.</summary>
/// <param name="StartingSequenceNumber">The first that can be read, or the first that will come.</param>
/// <param name="EndingSequenceNumber">The last, once the stream is DISABLED; null before, and for a shard without records.</param>
public sealed record SequenceNumberRange(string StartingSequenceNumber, string? EndingSequenceNumber = null);
