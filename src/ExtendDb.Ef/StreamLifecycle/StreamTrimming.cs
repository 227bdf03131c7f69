using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Streams;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.StreamLifecycle;

/// <summary>Deletes the records that are older than the retention, and the streams that are over.</summary>
/// <remarks>
/// Records go in chunks, the oldest of a shard first, each chunk in a transaction of its own; no writer waits for it. Records
/// without a number are never deleted. Several processes can do this at once, and can be killed at any point.
/// </remarks>
internal sealed class StreamTrimming(ExtendDbRuntime runtime, ILogger logger)
{
    private const int Chunk = 1_000;

    /// <summary>Deletes what is due.</summary>
    /// <returns>The streams that are left, as they were before.</returns>
    public async Task<IReadOnlyList<StreamState>> StepAsync(CancellationToken cancellationToken)
    {
        await runtime.Definitions.GetAsync(cancellationToken);
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        var streams = await StreamState.ReadAsync(connection, table: null, cancellationToken);
        var horizon = runtime.Clock.UtcNow - runtime.Options.Streams.Retention;
        foreach (var shard in streams.SelectMany(stream => stream.Shards))
        {
            await DeleteUndueAsync(connection, shard, cancellationToken);
            if (shard.OldestAt < horizon)
            {
                var trimmed = await TrimAsync(connection, shard, horizon, long.MaxValue, cancellationToken);
                StreamLog.Trimmed(logger, trimmed, shard.Stream.TableName, shard.Id);
            }
        }

        await using (var forget = new NpgsqlCommand(Statements.StreamsForget, connection)
        {
            Parameters = { new() { Value = runtime.Options.Streams.Retention } },
        })
        {
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }

        await KeepSizeAsync(connection, cancellationToken);
        return streams;
    }

    /// <summary>Warns when the records are too large, and trims the oldest if that is the option.</summary>
    private async Task KeepSizeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (runtime.Options.Streams.MaxBytes is not { } max)
        {
            return;
        }

        var shards = (await StreamState.ReadAsync(connection, table: null, cancellationToken))
            .SelectMany(stream => stream.Shards).ToList();
        var size = shards.Sum(shard => shard.SizeBytes);
        if (size <= max)
        {
            return;
        }

        StreamLog.Full(logger, size, max);
        if (runtime.Options.Streams.WhenFull == StreamOverflow.Trim)
        {
            // Each shard gives the same share of what it holds.
            foreach (var shard in shards.Where(shard => shard.SizeBytes > 0))
            {
                var records = shard.LastNumber - shard.TrimmedNumber;
                var surplus = (long)Math.Ceiling(records * (double)(size - max) / size);
                var trimmed = await TrimAsync(connection, shard, olderThan: null, surplus, cancellationToken);
                StreamLog.Trimmed(logger, trimmed, shard.Stream.TableName, shard.Id);
            }
        }
    }

    private static async Task<long> TrimAsync(
        NpgsqlConnection connection, StreamShard shard, DateTimeOffset? olderThan, long most, CancellationToken cancellationToken)
    {
        var trimmed = 0L;
        while (trimmed < most)
        {
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new(Statements.StreamNumberingBegin),
                    new(Statements.StreamRecordsTrim)
                    {
                        Parameters =
                        {
                            new() { Value = shard.Stream.Id },
                            new() { Value = shard.Number },
                            new()
                            {
                                NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = (object?)olderThan?.UtcDateTime ?? DBNull.Value,
                            },
                            new() { Value = (int)Math.Min(Chunk, most - trimmed) },
                        },
                    },
                },
            };
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                break;
            }

            trimmed += reader.GetInt64(0);
        }

        return trimmed;
    }

    private static async Task DeleteUndueAsync(
        NpgsqlConnection connection, StreamShard shard, CancellationToken cancellationToken)
    {
        await using var delete = new NpgsqlCommand(Statements.StreamPendingDeleteUndue, connection)
        {
            Parameters =
            {
                new() { Value = shard.Stream.Id },
                new() { Value = shard.Number },
                new() { Value = Chunk },
            },
        };
        while (await delete.ExecuteNonQueryAsync(cancellationToken) == Chunk)
        {
        }
    }
}
