using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>Reads streams as a user does.</summary>
internal static class ReadRecords
{
    /// <summary>Returns all records of the latest stream of a table, shard by shard.</summary>
    public static async Task<List<StreamRecord>> AllAsync(this IExtendDb db, string table)
    {
        var arn = (await db.DescribeTableAsync(new(table))).Table.LatestStreamArn!;
        var records = new List<StreamRecord>();
        foreach (var shard in (await db.DescribeStreamAsync(new(arn))).StreamDescription.Shards)
        {
            records.AddRange(await db.OfShardAsync(arn, shard.ShardId));
        }

        return records;
    }

    /// <summary>Returns all records of a shard.</summary>
    public static async Task<List<StreamRecord>> OfShardAsync(this IExtendDb db, string arn, string shard, int? limit = null)
    {
        var records = new List<StreamRecord>();
        var next = (await db.GetShardIteratorAsync(new(arn, shard, ShardIteratorType.TRIM_HORIZON))).ShardIterator;
        while (next is not null)
        {
            var page = await db.GetRecordsAsync(new(next) { Limit = limit });
            records.AddRange(page.Records);
            next = page.Records.Count == 0 ? null : page.NextShardIterator;
        }

        return records;
    }
}
