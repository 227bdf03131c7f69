using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Configurations;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Streams;

/// <summary>A stream, whose table may be gone.</summary>
/// <param name="Id">The id.</param>
/// <param name="TableName">The name of the table.</param>
/// <param name="Label">The label.</param>
/// <param name="ViewType">What the records contain.</param>
/// <param name="Status">The state.</param>
/// <param name="KeySchema">The key of the table.</param>
/// <param name="CreatedAt">The time at which the stream was enabled.</param>
internal sealed record StreamState(
    int Id,
    string TableName,
    string Label,
    StreamViewType ViewType,
    StreamStatus Status,
    IReadOnlyList<KeySchemaElement> KeySchema,
    DateTimeOffset CreatedAt)
{
    /// <summary>Gets the shards, in the order of their numbers.</summary>
    public List<StreamShard> Shards { get; } = [];

    /// <summary>Reads the streams of a table, or all, in the order of tables and labels.</summary>
    /// <param name="table">The name of the table, which may be gone; null for all tables.</param>
    public static async Task<List<StreamState>> ReadAsync(
        NpgsqlConnection connection, string? table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.StreamsStatus, connection)
        {
            Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)table ?? DBNull.Value } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var streams = new List<StreamState>();
        while (await row.ReadAsync(cancellationToken))
        {
            if (streams.Count == 0 || streams[^1].Id != row.GetInt32(0))
            {
                streams.Add(new(
                    row.GetInt32(0),
                    row.GetString(1),
                    row.GetString(2),
                    Enum.Parse<StreamViewType>(row.GetString(3)),
                    Enum.Parse<StreamStatus>(row.GetString(4)),
                    DefinitionListJson.Read<KeySchemaElement>(row.GetString(5)),
                    row.GetFieldValue<DateTimeOffset>(6)));
            }

            streams[^1].Shards.Add(new(
                streams[^1],
                row.GetInt16(7),
                row.GetInt64(8),
                row.GetInt64(9),
                row.GetInt64(10),
                row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
                row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12)));
        }

        return streams;
    }
}
