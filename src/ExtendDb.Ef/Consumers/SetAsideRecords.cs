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
        await using var add = ConsumerCommand.Of(
            connection,
            Statements.StreamSetAsideAdd,
            consumer,
            stream,
            shard,
            new NpgsqlParameter { Value = number },
            new NpgsqlParameter { Value = failed.ToString() },
            new NpgsqlParameter { Value = RetryPause.OfSetAside(0) });
        await add.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns whether a record is due; a look that takes no lock, and needs no handler.</summary>
    public async Task<bool> IsAnyDueAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand(Statements.StreamSetAsideAnyDue, connection)
        {
            Parameters = { new() { Value = consumer } },
        };
        return (bool)(await look.ExecuteScalarAsync(cancellationToken))!;
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
        await using var remove = ConsumerCommand.Of(
            connection,
            Statements.StreamSetAsideRemove,
            consumer,
            due.Stream,
            due.Shard,
            new NpgsqlParameter { Value = due.Record.Number });
        await remove.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Notes a failed try.</summary>
    public async Task FailAsync(NpgsqlConnection connection, Due due, Exception failed, CancellationToken cancellationToken)
    {
        await using var fail = ConsumerCommand.Of(
            connection,
            Statements.StreamSetAsideFail,
            consumer,
            due.Stream,
            due.Shard,
            new NpgsqlParameter { Value = due.Record.Number },
            new NpgsqlParameter { Value = failed.ToString() },
            new NpgsqlParameter { Value = RetryPause.OfSetAside(due.Attempts + 1) });
        await fail.ExecuteNonQueryAsync(cancellationToken);
    }
}
