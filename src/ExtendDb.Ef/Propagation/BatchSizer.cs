using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Propagation;

/// <summary>How much one loop takes at a time, so that a batch takes 20 to 50 ms; and whether it goes carefully.</summary>
/// <remarks>
/// With little to do a batch takes the turn of many shards, a few markers each. Once a shard gives all that was asked
/// for there is a backlog, and a batch takes one shard only, which leaves the others to other loops.
/// </remarks>
/// <param name="maxBatchSize">The most markers of a batch.</param>
/// <param name="mostShards">The most shards whose turn a batch takes.</param>
internal sealed class BatchSizer(int maxBatchSize, int mostShards = Shard.Count)
{
    private const int Least = 16;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(50);

    private int _size = Math.Min(512, maxBatchSize);

    /// <summary>Gets how many shards the next batch takes.</summary>
    public int Shards { get; private set; } = Math.Min(Math.Min(8, mostShards), maxBatchSize);

    /// <summary>Gets whether the next batch works behind savepoints, because the last one failed for good.</summary>
    public bool IsolatesFailures { get; private set; }

    /// <summary>Returns how many markers of each shard the next batch claims.</summary>
    public int PerShard(int shards) => Math.Max(1, _size / shards);

    public void Done(bool full, TimeSpan took)
    {
        IsolatesFailures = false;
        Shards = full ? 1 : Math.Min(Shards * 2, Math.Min(mostShards, maxBatchSize));
        if (took > Long)
        {
            _size = Math.Max(Math.Min(Least, maxBatchSize), _size / 2);
        }
        else if (full && took < Short)
        {
            _size = Math.Min(_size * 2, maxBatchSize);
        }
    }

    /// <summary>Takes less after a failure; carefully when it will come again.</summary>
    public void Failed(bool carefully)
    {
        IsolatesFailures |= carefully;
        _size = Math.Max(Math.Min(Least, maxBatchSize), _size / 2);
    }
}
