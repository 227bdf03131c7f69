using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using Npgsql;

namespace ExtendDb.Ef.Streams;

/// <summary>What the records of a shard have in common.</summary>
/// <param name="Region">The region of ARNs.</param>
/// <param name="Stream">The id of the stream.</param>
/// <param name="Shard">The number of the shard.</param>
/// <param name="TableName">The name of the table.</param>
/// <param name="ViewType">What the records contain.</param>
/// <param name="CreatedAt">The time at which the stream was enabled.</param>
internal sealed record RecordSource(
    string Region, int Stream, short Shard, string TableName, StreamViewType ViewType, DateTimeOffset CreatedAt)
{
    /// <summary>Gets the ShardId.</summary>
    public string ShardId { get; } = Streams.ShardId.Of(CreatedAt, Shard);

    /// <summary>Reads a record from a row, in the order of columns of <c>stream_records.read.sql</c>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The first of the columns.</param>
    public StreamRecord Read(NpgsqlDataReader row, int first = 0)
    {
        var number = row.GetInt64(first);
        var at = row.GetFieldValue<DateTimeOffset>(first + 3);
        return new()
        {
            EventId = $"{Stream:x8}{Shard:x4}{number:x20}",
            EventName = Enum.Parse<StreamEventName>(row.GetString(first + 1)),
            AwsRegion = Region,
            TableName = TableName,
            ShardId = ShardId,
            SequenceNumber = SequenceNumber.Of(number),
            Number = number,
            ApproximateCreationDateTime = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)),
            SizeBytes = row.GetInt32(first + 4),
            Keys = StoredDocument.Read(row.GetFieldValue<byte[]>(first + 5)),
            OldImage = row.IsDBNull(first + 6) ? null : StoredDocument.Read(row.GetFieldValue<byte[]>(first + 6)),
            NewImage = row.IsDBNull(first + 7) ? null : StoredDocument.Read(row.GetFieldValue<byte[]>(first + 7)),
            StreamViewType = ViewType,
            UserIdentity = row.GetBoolean(first + 2) ? StreamIdentity.Expiry : null,
        };
    }
}
