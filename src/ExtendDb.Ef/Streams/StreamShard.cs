using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Streams;

/// <summary>One shard of a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Number">The number of the shard.</param>
/// <param name="LastNumber">The number of its last record; 0 when it never had one.</param>
/// <param name="TrimmedNumber">The number of the last record that is gone; 0 when none is.</param>
/// <param name="SizeBytes">The size of its records.</param>
/// <param name="OldestAt">The time of its oldest record; null when it has none.</param>
/// <param name="WaitsSince">The time of the oldest record without a number; null when there is none.</param>
internal sealed record StreamShard(
    StreamState Stream,
    short Number,
    long LastNumber,
    long TrimmedNumber,
    long SizeBytes,
    DateTimeOffset? OldestAt,
    DateTimeOffset? WaitsSince)
{
    /// <summary>Gets the ShardId.</summary>
    public string Id => ShardId.Of(Stream.CreatedAt, Number);
}
