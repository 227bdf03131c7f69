using System.Diagnostics;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>How fast a pass over a stream was.</summary>
/// <param name="Records">How many records it read.</param>
/// <param name="RecordsPerS">How many of them in a second.</param>
internal sealed record Reading(int Records, double RecordsPerS);

/// <summary>Reads a stream from TRIM_HORIZON to its present end, one page of 1,000 records after the other.</summary>
internal static class StreamPass
{
    public static async Task<Reading> RunAsync(IExtendDb extendDb, string table, CancellationToken cancellationToken)
    {
        var arn = (await extendDb.DescribeTableAsync(new(table), cancellationToken)).Table.LatestStreamArn!;
        var stream = (await extendDb.DescribeStreamAsync(new(arn), cancellationToken)).StreamDescription;
        var records = 0;
        var began = Stopwatch.GetTimestamp();
        foreach (var shard in stream.Shards)
        {
            var from = await extendDb.GetShardIteratorAsync(
                new(arn, shard.ShardId, ShardIteratorType.TRIM_HORIZON), cancellationToken);
            for (string? next = from.ShardIterator; next is not null;)
            {
                var page = await extendDb.GetRecordsAsync(new(next), cancellationToken);
                records += page.Records.Count;
                next = page.Records.Count == 0 ? null : page.NextShardIterator;
            }
        }

        return new(records, records / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
