using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Configurations;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Adds the row of a stream, or ends it, in the transaction that changes the definition of its table.</summary>
internal static class TableStream
{
    /// <summary>Adds the stream of a table that has been saved.</summary>
    /// <param name="table">The table, which has a stream without a row.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection, Table table, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var add = new NpgsqlCommand(Statements.StreamsAdd, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = table.Name },
                new() { Value = table.LatestStreamLabel },
                new() { Value = table.StreamViewType.ToString() },
                new() { Value = table.StreamStatus.ToString() },
                new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = DefinitionListJson.Write(table.KeySchema) },
                new() { Value = now },
                new() { Value = StreamDefinition.Shards },
            },
        };
        await add.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Lets a stream end once the transactions that may still add records have ended.</summary>
    public static async Task CloseAsync(
        NpgsqlConnection connection, int stream, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var close = new NpgsqlCommand(Statements.StreamsClose, connection)
        {
            Parameters = { new() { Value = stream }, new() { Value = now } },
        };
        await close.ExecuteNonQueryAsync(cancellationToken);
    }
}
