using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Streams;

/// <summary>Reads the records of one shard in the order of their numbers.</summary>
internal static class ShardReader
{
    /// <summary>The largest size of a page. Source: DynamoDB API, GetRecords.</summary>
    public const int MaxBytes = 1_048_576;

    /// <summary>Reads the records behind a number.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="region">The region of ARNs.</param>
    /// <param name="stream">The id of the stream.</param>
    /// <param name="shard">The number of the shard.</param>
    /// <param name="behind">The number; null reads from the oldest record on.</param>
    /// <param name="limit">The most records.</param>
    /// <returns>The state of the shard and its records; null when there is no such shard.</returns>
    public static async Task<ShardPage?> ReadAsync(
        NpgsqlConnection connection,
        string region,
        int stream,
        short shard,
        long? behind,
        int limit,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Statements.StreamShardsState) { Parameters = { new() { Value = stream }, new() { Value = shard } } },
                new(Statements.StreamRecordsRead)
                {
                    Parameters =
                    {
                        new() { Value = stream },
                        new() { Value = shard },
                        new() { Value = behind ?? 0 },
                        new() { Value = limit },
                        new() { Value = MaxBytes },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var source = new RecordSource(
            region,
            stream,
            shard,
            reader.GetString(0),
            Enum.Parse<StreamViewType>(reader.GetString(1)),
            reader.GetFieldValue<DateTimeOffset>(3));
        var page = new ShardPage(
            source,
            Enum.Parse<StreamStatus>(reader.GetString(2)),
            LastNumber: reader.GetInt64(4),
            TrimmedNumber: reader.GetInt64(5),
            IsDue: reader.GetBoolean(6));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Records.Add(source.Read(reader));
        }

        return page;
    }
}
