namespace ExtendDb.Ef.Model;

/// <summary>A shard of a stream. Source: DynamoDB API, Shard.</summary>
/// <param name="ShardId">The id.</param>
/// <param name="SequenceNumberRange">The records that it has.</param>
public sealed record Shard(string ShardId, SequenceNumberRange SequenceNumberRange);
