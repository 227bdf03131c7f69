using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Propagation;

/// <summary>Writes changes of entries all at once, or behind savepoints when some of them cannot be written.</summary>
internal static class EntryWriter
{
    private const string Savepoint = "entries";

    /// <summary>Writes all changes, or fails as a whole.</summary>
    /// <param name="connection">A connection in the transaction that claimed the markers.</param>
    /// <param name="changes">Changes without a repeated pair of item and index, and without an unreadable item.</param>
    /// <param name="heal">Whether some of the changed entries may be in quarantine.</param>
    public static async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<EntryChange> changes, bool heal, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        AddTo(batch, changes, heal);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Adds the statements that write all changes to a batch; none when there is no change.</summary>
    /// <param name="changes">Changes without a repeated pair of item and index, and without an unreadable item.</param>
    /// <param name="heal">Whether some of the changed entries may be in quarantine.</param>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<EntryChange> changes, bool heal)
    {
        var upserts = changes.Where(c => c.Entry is not null).ToList();
        if (upserts.Count > 0)
        {
            var upsert = new NpgsqlBatchCommand(Statements.IndexEntriesUpsert);
            AddKeys(upsert, upserts);
            upsert.Parameters.Add(Array(NpgsqlDbType.Uuid, upserts, c => c.Entry!.Key.PartitionHash));
            upsert.Parameters.Add(Array(NpgsqlDbType.Bytea, upserts, c => c.Entry!.Key.SortKey));
            upsert.Parameters.Add(Array(NpgsqlDbType.Jsonb, upserts, c => c.Entry!.Document));
            upsert.Parameters.Add(Array(NpgsqlDbType.Integer, upserts, c => c.Entry!.SizeBytes));
            upsert.Parameters.Add(Array(NpgsqlDbType.Smallint, upserts, c => c.Item.Slot));
            batch.BatchCommands.Add(upsert);
        }

        if (upserts.Count < changes.Count)
        {
            var delete = new NpgsqlBatchCommand(Statements.IndexEntriesDelete);
            var gone = changes.Where(c => c.Entry is null).ToList();
            AddKeys(delete, gone);
            delete.Parameters.Add(SlotsOf(gone));
            batch.BatchCommands.Add(delete);
        }

        if (heal)
        {
            var healing = new NpgsqlBatchCommand(Statements.GsiQuarantineHeal);
            AddKeys(healing, changes);
            healing.Parameters.Add(SlotsOf(changes));
            batch.BatchCommands.Add(healing);
        }
    }

    /// <summary>Writes all changes that PostgreSQL accepts, and puts each other one into quarantine.</summary>
    /// <param name="transaction">The transaction that claimed the markers.</param>
    /// <param name="changes">Changes without a repeated pair of item and index.</param>
    /// <returns>The changes that are in quarantine now.</returns>
    /// <exception cref="NpgsqlException">
    /// The error is transient, or not caused by a row; the caller must roll the transaction back.
    /// </exception>
    public static async Task<IReadOnlyCollection<EntryChange>> WriteOrQuarantineAsync(
        NpgsqlTransaction transaction, IReadOnlyList<EntryChange> changes, CancellationToken cancellationToken)
    {
        var setAside = changes.Where(c => c.Unreadable is not null).ToList();
        foreach (var change in setAside)
        {
            var (sqlState, message) = change.Unreadable is PostgresException refused
                ? (refused.SqlState, refused.MessageText)
                : (PostgresErrorCodes.InternalError, change.Unreadable!.Message);
            await QuarantineAsync(transaction, change, sqlState, message, cancellationToken);
        }

        var readable = changes.Where(c => c.Unreadable is null).ToList();
        await BisectAsync(transaction, readable, setAside, cancellationToken);
        return setAside;
    }

    private static async Task BisectAsync(
        NpgsqlTransaction transaction,
        List<EntryChange> changes,
        List<EntryChange> setAside,
        CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            await WriteAsync(transaction.Connection!, changes, heal: true, cancellationToken);
            await transaction.ReleaseAsync(Savepoint, cancellationToken);
            return;
        }
        catch (PostgresException refused) when (SqlErrors.IsOfTheRow(refused))
        {
            await transaction.RollbackAsync(Savepoint, cancellationToken);
            if (changes is [var alone])
            {
                await QuarantineAsync(transaction, alone, refused.SqlState, refused.MessageText, cancellationToken);
                setAside.Add(alone);
                return;
            }
        }

        var half = changes.Count / 2;
        await BisectAsync(transaction, changes[..half], setAside, cancellationToken);
        await BisectAsync(transaction, changes[half..], setAside, cancellationToken);
    }

    private static async Task QuarantineAsync(
        NpgsqlTransaction transaction, EntryChange change, string sqlState, string message, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.GsiQuarantineAdd, transaction.Connection)
        {
            Parameters =
            {
                new() { Value = change.IndexId },
                new() { Value = change.Item.PartitionHash },
                new() { Value = change.Item.SortKey },
                new() { Value = change.TableId },
                new() { Value = sqlState },
                new() { Value = message },
                new() { Value = change.Item.Slot },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddKeys(NpgsqlBatchCommand command, IReadOnlyList<EntryChange> changes)
    {
        command.Parameters.Add(Array(NpgsqlDbType.Integer, changes, c => c.IndexId));
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, changes, c => c.Item.PartitionHash));
        command.Parameters.Add(Array(NpgsqlDbType.Bytea, changes, c => c.Item.SortKey));
    }

    private static NpgsqlParameter SlotsOf(IReadOnlyList<EntryChange> changes) =>
        new() { Value = ItemSlot.Of(changes.Select(c => c.Item)) };

    private static NpgsqlParameter Array<T>(
        NpgsqlDbType type, IReadOnlyList<EntryChange> changes, Func<EntryChange, T> value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = changes.Select(value).ToArray() };
}
