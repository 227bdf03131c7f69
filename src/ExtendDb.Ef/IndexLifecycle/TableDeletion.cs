using System.Data;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Removes a table that is DELETING: its items and entries in chunks, then its definition.</summary>
/// <remarks>Several processes can do this at once, and can be killed at any point.</remarks>
internal static class TableDeletion
{
    /// <summary>Deletes all rows of a table that can be deleted now, and the definition once none is left.</summary>
    /// <returns>
    /// True when the table is gone; false when a transaction still holds a row, or another process was first.
    /// </returns>
    public static async Task<bool> RunAsync(ExtendDbRuntime runtime, TableDefinition table, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await ChunkedDeletion.DeleteAsync(connection, Statements.ItemsDeleteChunk, table.Id, cancellationToken);
        foreach (var index in table.Indexes)
        {
            await ChunkedDeletion.DeleteAsync(connection, Statements.IndexEntriesDeleteChunk, index.Id, cancellationToken);
        }

        var removed = await RemoveDefinitionAsync(connection, table, cancellationToken);
        if (removed)
        {
            runtime.Definitions.Forget();
        }

        return removed;
    }

    /// <summary>Removes the definition when no row of the table is left.</summary>
    private static async Task<bool> RemoveDefinitionAsync(
        NpgsqlConnection connection, TableDefinition table, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // The locks wait for writers that have inserted, by the foreign key of items, and for batches that may be
        // writing entries. Later writers find the table gone, and later batches read its definition again. The shards
        // come last, as with every change that needs them: a transaction that holds them waits for nothing else.
        await using var wait = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.TablesLock) { Parameters = { new() { Value = table.Id } } },
                new NpgsqlBatchCommand(Statements.DefinitionChangeBegin),
                new NpgsqlBatchCommand(Statements.CatalogStateBump),
                new NpgsqlBatchCommand(Statements.GsiShardsLockAll),
            },
        };
        if (await wait.ExecuteScalarAsync(cancellationToken) is null)
        {
            return false;
        }

        await using var remove = new NpgsqlCommand(Statements.TablesRemoveEmpty, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = table.Indexes.Select(i => i.Id).ToArray() },
            },
        };
        if (await remove.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
