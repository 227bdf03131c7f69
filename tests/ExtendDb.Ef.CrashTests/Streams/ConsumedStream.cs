using ExtendDb.Ef.Consumers;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Npgsql;

namespace ExtendDb.Ef.CrashTests.Streams;

/// <summary>How far the one consumer of a database has come.</summary>
internal static class ConsumedStream
{
    private const int Shards = 4;

    /// <summary>Returns whether the consumer is behind the last record of each shard of a table's stream.</summary>
    public static async Task<bool> IsHandledAsync(IExtendDb db, string connectionString, string table)
    {
        var arn = (await db.DescribeTableAsync(new(table))).Table.LatestStreamArn!;
        foreach (var shard in (await db.DescribeStreamAsync(new(arn))).StreamDescription.Shards)
        {
            // Gives numbers to what has none.
            await db.GetShardIteratorAsync(new(arn, shard.ShardId, ShardIteratorType.LATEST));
        }

        await using var connection = new NpgsqlConnection(Sessions.Unpooled(connectionString));
        await connection.OpenAsync();
        var places = await ConsumerState.ReadAsync(connection, default);
        places.Where(place => place.IsStopped).Should().BeEmpty();
        return places.Count(place => place.Number == place.LastNumber) == Shards;
    }
}
