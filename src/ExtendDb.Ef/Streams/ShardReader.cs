using ExtendDb.Ef.Attributes;
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

        var page = new ShardPage(
            reader.GetString(0),
            Enum.Parse<StreamViewType>(reader.GetString(1)),
            Enum.Parse<StreamStatus>(reader.GetString(2)),
            reader.GetFieldValue<DateTimeOffset>(3),
            LastNumber: reader.GetInt64(4),
            TrimmedNumber: reader.GetInt64(5),
            IsDue: reader.GetBoolean(6));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Records.Add(Read(reader, page, region, stream, shard));
        }

        return page;
    }

    private static StreamRecord Read(NpgsqlDataReader row, ShardPage page, string region, int stream, short shard)
    {
        var number = row.GetInt64(0);
        var at = row.GetFieldValue<DateTimeOffset>(3);
        return new()
        {
            EventId = $"{stream:x8}{shard:x4}{number:x20}",
            EventName = Enum.Parse<StreamEventName>(row.GetString(1)),
            AwsRegion = region,
            TableName = page.TableName,
            ShardId = ShardId.Of(page.CreatedAt, shard),
            SequenceNumber = SequenceNumber.Of(number),
            Number = number,
            ApproximateCreationDateTime = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)),
            SizeBytes = row.GetInt32(4),
            Keys = StoredDocument.Read(row.GetFieldValue<byte[]>(5)),
            OldImage = row.IsDBNull(6) ? null : StoredDocument.Read(row.GetFieldValue<byte[]>(6)),
            NewImage = row.IsDBNull(7) ? null : StoredDocument.Read(row.GetFieldValue<byte[]>(7)),
            StreamViewType = page.ViewType,
            UserIdentity = row.GetBoolean(2) ? StreamIdentity.Expiry : null,
        };
    }
}
