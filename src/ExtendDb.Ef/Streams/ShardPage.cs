using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Streams;

/// <summary>Some records of a shard, with the state of the shard at that time.</summary>
/// <param name="Source">The shard.</param>
/// <param name="Status">The state of the stream; when it is DISABLED, the shard gets no more records.</param>
/// <param name="LastNumber">The number of the last record.</param>
/// <param name="TrimmedNumber">The number of the last record that is gone; 0 when none is.</param>
/// <param name="IsDue">Whether records wait for their numbers, which the session may give them.</param>
internal sealed record ShardPage(RecordSource Source, StreamStatus Status, long LastNumber, long TrimmedNumber, bool IsDue)
{
    /// <summary>Gets the records, in the order of their numbers.</summary>
    public List<StreamRecord> Records { get; } = [];

    /// <summary>Refuses a page that leaves records out because they are trimmed; numbers have no gaps.</summary>
    /// <param name="behind">The number behind which the page was read; null reads from the oldest record on.</param>
    /// <exception cref="TrimmedDataAccessException">A record behind the number is gone.</exception>
    public void DemandUntrimmed(long? behind)
    {
        if (behind is { } number && (Records.Count > 0 ? Records[0].Number > number + 1 : LastNumber > number))
        {
            throw new TrimmedDataAccessException();
        }
    }
}
