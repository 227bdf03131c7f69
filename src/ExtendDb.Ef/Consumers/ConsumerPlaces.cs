using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Consumers;

/// <summary>The places of a consumer in the shards of its table's streams.</summary>
/// <param name="name">The name of the consumer.</param>
/// <param name="options">Its options.</param>
internal sealed class ConsumerPlaces(string name, StreamConsumerOptions options)
{
    /// <summary>Registers the consumer, or compares it with what is registered.</summary>
    /// <exception cref="InvalidOperationException">The consumer is registered with another table or other settings.</exception>
    public async Task RegisterAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Statements.StreamConsumersRegister)
                {
                    Parameters =
                    {
                        new() { Value = name },
                        new() { Value = options.TableName },
                        new() { Value = options.Settings },
                        new() { Value = now },
                    },
                },
                new(Statements.StreamConsumersFind) { Parameters = { new() { Value = name } } },
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (table, settings) = (row.GetString(0), row.GetString(1));
        if (table != options.TableName || settings != options.Settings)
        {
            throw new InvalidOperationException(
                $"The stream consumer {name} is registered for table {table} ({settings}), not for table {options.TableName} "
                + $"({options.Settings}). Choose another name, or remove it: extenddb streams remove {name}.");
        }
    }

    /// <summary>
    /// Gives the consumer places where it has none, and returns the shards that have records to handle, the one that lags most first.
    /// </summary>
    public async Task<List<DueShard>> ReadDueAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                AddMissing(), new(Statements.StreamConsumerShardsDue) { Parameters = { new() { Value = name } } },
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        var shards = new List<DueShard>();
        while (await row.ReadAsync(cancellationToken))
        {
            shards.Add(new(
                row.GetInt32(0),
                row.GetInt16(1),
                row.GetBoolean(2),
                row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3)));
        }

        return shards;
    }

    /// <summary>Takes the turn in a shard, in a transaction.</summary>
    /// <returns>The number of the last handled record, and how often the next ones have failed; null without the turn.</returns>
    public async Task<(long Number, int Attempts)?> LockAsync(
        NpgsqlConnection connection, DueShard shard, CancellationToken cancellationToken)
    {
        await using var take = ConsumerCommand.Of(
            connection, Statements.StreamConsumerShardsLock, name, shard.Stream, shard.Shard);
        await using var row = await take.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetInt64(0), row.GetInt32(1)) : null;
    }

    /// <summary>Saves the place, in the transaction of the effect.</summary>
    public async Task AdvanceAsync(
        NpgsqlConnection connection, int stream, short shard, long number, CancellationToken cancellationToken)
    {
        await using var advance = ConsumerCommand.Of(
            connection, Statements.StreamConsumerShardsAdvance, name, stream, shard, new NpgsqlParameter { Value = number });
        await advance.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Notes a failed try.</summary>
    /// <param name="pause">The pause until the next try; null stops the shard.</param>
    public async Task FailAsync(
        NpgsqlConnection connection,
        int stream,
        short shard,
        long number,
        string error,
        TimeSpan? pause,
        CancellationToken cancellationToken)
    {
        await using var fail = ConsumerCommand.Of(
            connection,
            Statements.StreamConsumerShardsFail,
            name,
            stream,
            shard,
            new NpgsqlParameter { Value = number },
            new NpgsqlParameter { Value = error },
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Interval, Value = (object?)pause ?? DBNull.Value });
        await fail.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlBatchCommand AddMissing() => new(Statements.StreamConsumerShardsAddMissing)
    {
        Parameters =
        {
            new() { Value = name },
            new() { Value = options.TableName },
            new() { Value = options.Start },
            new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = (object?)options.StartTime?.UtcDateTime ?? DBNull.Value },
        },
    };

    /// <summary>A shard with records to handle.</summary>
    /// <param name="Stream">The stream.</param>
    /// <param name="Shard">The shard.</param>
    /// <param name="HasUnnumbered">Whether records wait for their numbers.</param>
    /// <param name="Since">Since when the oldest record with a number waits; null when there is none.</param>
    public sealed record DueShard(int Stream, short Shard, bool HasUnnumbered, DateTimeOffset? Since);
}
