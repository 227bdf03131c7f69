using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>Puts items, and follows each shard of the stream of their table with a reader of its own.</summary>
internal sealed class StreamFollower : IDisposable
{
    // A reader without a pause would compete with the writers for the processor.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly IExtendDb _extendDb;
    private readonly string _table;
    private readonly ConcurrentDictionary<int, long> _returned = [];
    private readonly ConcurrentDictionary<int, long> _seen = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _readers = Task.CompletedTask;
    private int _last;

    private StreamFollower(IExtendDb extendDb, string table) => (_extendDb, _table) = (extendDb, table);

    public static async Task<StreamFollower> StartAsync(IExtendDb extendDb, string table, CancellationToken cancellationToken)
    {
        var follower = new StreamFollower(extendDb, table);
        var arn = (await extendDb.DescribeTableAsync(new(table), cancellationToken)).Table.LatestStreamArn!;
        var stream = (await extendDb.DescribeStreamAsync(new(arn), cancellationToken)).StreamDescription;
        var iterators = new List<string>();
        foreach (var shard in stream.Shards)
        {
            iterators.Add((await extendDb.GetShardIteratorAsync(
                new(arn, shard.ShardId, ShardIteratorType.LATEST), cancellationToken)).ShardIterator);
        }

        follower._readers = Task.WhenAll(
            iterators.Select(iterator => Task.Run(() => follower.FollowAsync(iterator), cancellationToken)));
        return follower;
    }

    /// <summary>Puts a new item.</summary>
    public async Task PutAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _last);
        var item = new AttributeMap
        {
            ["Device"] = "followed-" + number.ToString(CultureInfo.InvariantCulture),
            ["At"] = number,
            ["Text"] = new string('x', 200),
        };
        await _extendDb.PutItemAsync(new(_table, item), cancellationToken);
        _returned[number] = Stopwatch.GetTimestamp();
    }

    /// <summary>Reads on until every write has been seen.</summary>
    /// <param name="from">The timestamp from which writes count.</param>
    /// <returns>The milliseconds from the return of each write to that of the GetRecords with its record.</returns>
    /// <exception cref="InvalidOperationException">A record was read twice.</exception>
    public async Task<List<double>> StopAsync(long from)
    {
        await Waiting.UntilAsync(() => _seen.Count == _last || _readers.IsFaulted, "every write is seen");
        await _stopping.CancelAsync();
        await _readers;
        return
        [
            .. _returned.Where(write => write.Value >= from)
                .Select(write => Math.Max(0, Stopwatch.GetElapsedTime(write.Value, _seen[write.Key]).TotalMilliseconds)),
        ];
    }

    public void Dispose() => _stopping.Dispose();

    private async Task FollowAsync(string? next)
    {
        while (!_stopping.IsCancellationRequested)
        {
            var page = await _extendDb.GetRecordsAsync(new(next!));
            var now = Stopwatch.GetTimestamp();
            foreach (var record in page.Records)
            {
                var number = int.Parse(((AttributeValue.N)record.Keys["At"]).Value.ToString(), CultureInfo.InvariantCulture);
                if (!_seen.TryAdd(number, now))
                {
                    throw new InvalidOperationException($"The record of write {number} was read twice.");
                }
            }

            next = page.NextShardIterator;
            await Task.Delay(Pause);
        }
    }
}
