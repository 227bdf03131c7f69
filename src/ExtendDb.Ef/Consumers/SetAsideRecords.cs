using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Streams;
using Npgsql;

namespace ExtendDb.Ef.Consumers;

/// <summary>The records that a consumer has set aside, which it tries again later.</summary>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="consumer">The name of the consumer.</param>
internal sealed class SetAsideRecords(ExtendDbRuntime runtime, string consumer)
{
    /// <summary>A record that is due.</summary>
    /// <param name="Stream">The stream.</param>
    /// <param name="Shard">The shard.</param>
    /// <param name="Attempts">How often it has failed since it was set aside.</param>
    /// <param name="Record">The record.</param>
    public sealed record Due(int Stream, short Shard, int Attempts, StreamRecord Record);

    /// <summary>Sets a record aside, in the transaction that moves the consumer behind it.</summary>
    public async Task AddAsync(
        NpgsqlConnection connection, int stream, short shard, long number, Exception failed, CancellationToken cancellationToken)
    {
        await using var add = Command(
            connection,
            Statements.StreamSetAsideAdd,
            stream,
            shard,
            number,
            new NpgsqlParameter { Value = failed.ToString() },
            new NpgsqlParameter { Value = RetryPause.OfSetAside(0) });
        await add.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes the turn of a record that is due, in a transaction; null when there is none.</summary>
    public async Task<Due?> LockDueAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(Statements.StreamSetAsideLockDue, connection)
        {
            Parameters = { new() { Value = consumer } },
        };
        await using var row = await take.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return null;
        }

        var source = new RecordSource(
            runtime.Options.Region,
            row.GetInt32(0),
            row.GetInt16(1),
            row.GetString(3),
            Enum.Parse<StreamViewType>(row.GetString(4)),
            row.GetFieldValue<DateTimeOffset>(5));
        return new(source.Stream, source.Shard, row.GetInt32(2), source.Read(row, first: 6));
    }

    /// <summary>Removes a record that was handled, in the transaction of its effect.</summary>
    public async Task RemoveAsync(NpgsqlConnection connection, Due due, CancellationToken cancellationToken)
    {
        await using var remove = Command(connection, Statements.StreamSetAsideRemove, due.Stream, due.Shard, due.Record.Number);
        await remove.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Notes a failed try.</summary>
    public async Task FailAsync(NpgsqlConnection connection, Due due, Exception failed, CancellationToken cancellationToken)
    {
        await using var fail = Command(
            connection,
            Statements.StreamSetAsideFail,
            due.Stream,
            due.Shard,
            due.Record.Number,
            new NpgsqlParameter { Value = failed.ToString() },
            new NpgsqlParameter { Value = RetryPause.OfSetAside(due.Attempts + 1) });
        await fail.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(
        NpgsqlConnection connection,
        string statement,
        int stream,
        short shard,
        long number,
        params ReadOnlySpan<NpgsqlParameter> rest)
    {
        var command = new NpgsqlCommand(statement, connection)
        {
            Parameters =
            {
                new() { Value = consumer }, new() { Value = stream }, new() { Value = shard }, new() { Value = number },
            },
        };
        foreach (var parameter in rest)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
