using System.Data;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Removes a table that is DELETING: its items and entries in chunks, then its definition.</summary>
/// <remarks>It can be stopped or killed at any point and begun again, by several processes at once.</remarks>
internal static class TableDeletion
{
    /// <summary>Deletes all of a table that can be deleted now.</summary>
    /// <returns>True when that was all; false when a transaction holds a row still, or another process was first.</returns>
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

    /// <summary>Removes the definition if nothing of the table is left.</summary>
    private static async Task<bool> RemoveDefinitionAsync(
        NpgsqlConnection connection, TableDefinition table, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // Waits for writers that inserted, by the foreign key of items, and for batches that may be writing entries;
        // those that come later find the table gone, or read its definition anew. The shards come last, as with every
        // change that needs them: nobody waits for anything while it holds them.
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
