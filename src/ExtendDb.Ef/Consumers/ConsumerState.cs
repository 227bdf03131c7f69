using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Streams;
using Npgsql;

namespace ExtendDb.Ef.Consumers;

/// <summary>A consumer and its place in one shard; one without a place for a consumer whose table has never had a stream.</summary>
/// <param name="Consumer">The name of the consumer.</param>
/// <param name="TableName">The table.</param>
/// <param name="ShardId">The shard; null without a place.</param>
/// <param name="Number">The number of the last record whose effect is committed.</param>
/// <param name="LastNumber">The number of the last record of the shard.</param>
/// <param name="Attempts">How often the next records have failed.</param>
/// <param name="Error">The last error; null when there was none.</param>
/// <param name="IsStopped">Whether the shard is stopped.</param>
/// <param name="WaitsSince">The time of the oldest record that is to be handled; null when there is none.</param>
/// <param name="SetAside">How many records of all shards the consumer has set aside.</param>
internal sealed record ConsumerState(
    string Consumer,
    string TableName,
    string? ShardId,
    long Number,
    long LastNumber,
    int Attempts,
    string? Error,
    bool IsStopped,
    DateTimeOffset? WaitsSince,
    long SetAside)
{
    /// <summary>Reads all places of all consumers.</summary>
    public static async Task<List<ConsumerState>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.StreamConsumersStatus, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var places = new List<ConsumerState>();
        while (await row.ReadAsync(cancellationToken))
        {
            var hasPlace = !row.IsDBNull(4);
            places.Add(new(
                row.GetString(0),
                row.GetString(1),
                hasPlace ? Streams.ShardId.Of(row.GetFieldValue<DateTimeOffset>(3), row.GetInt16(4)) : null,
                hasPlace ? row.GetInt64(5) : 0,
                hasPlace ? row.GetInt64(6) : 0,
                hasPlace ? row.GetInt32(7) : 0,
                row.IsDBNull(8) ? null : row.GetString(8),
                row.GetBoolean(9),
                row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
                row.GetInt64(11)));
        }

        return places;
    }
}
