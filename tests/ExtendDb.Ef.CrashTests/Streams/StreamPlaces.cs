using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests.Streams;

/// <summary>The places of one reader in all shards of a stream, and what it has read up to there.</summary>
internal sealed class StreamPlaces
{
    private readonly IExtendDb _db;
    private readonly string _arn;
    private readonly Dictionary<string, string> _iterators = [];
    private int _count;

    private StreamPlaces(IExtendDb db, string arn, IEnumerable<Shard> shards)
    {
        _db = db;
        _arn = arn;
        Records = shards.ToDictionary(shard => shard.ShardId, _ => new List<StreamRecord>());
    }

    /// <summary>Gets the records by their shards, in the order in which they were read.</summary>
    public IReadOnlyDictionary<string, List<StreamRecord>> Records { get; }

    /// <summary>Gets how many records were read.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Makes places in front of the oldest records of a table's stream.</summary>
    public static async Task<StreamPlaces> OfAsync(IExtendDb db, string table)
    {
        var arn = (await db.DescribeTableAsync(new(table))).Table.LatestStreamArn!;
        return new(db, arn, (await db.DescribeStreamAsync(new(arn))).StreamDescription.Shards);
    }

    /// <summary>Reads a page of each shard.</summary>
    /// <returns>How many records were read.</returns>
    public async Task<int> ReadAsync()
    {
        var before = Count;
        foreach (var (shard, read) in Records)
        {
            var page = await _db.GetRecordsAsync(new(await IteratorAsync(shard, read)));
            _iterators[shard] = page.NextShardIterator!;
            read.AddRange(page.Records);
            Interlocked.Add(ref _count, page.Records.Count);
        }

        return Count - before;
    }

    /// <summary>Reads all that is there.</summary>
    public async Task ReadToEndAsync()
    {
        while (await ReadAsync() > 0)
        {
        }
    }

    /// <summary>Goes on by the numbers of what was read last, as a reader does that has lost all but these.</summary>
    public void StartAnew() => _iterators.Clear();

    private async Task<string> IteratorAsync(string shard, List<StreamRecord> read)
    {
        if (_iterators.TryGetValue(shard, out var iterator))
        {
            return iterator;
        }

        var request = read.Count == 0
            ? new GetShardIteratorRequest(_arn, shard, ShardIteratorType.TRIM_HORIZON)
            : new(_arn, shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER) { SequenceNumber = read[^1].SequenceNumber };
        return (await _db.GetShardIteratorAsync(request)).ShardIterator;
    }
}
