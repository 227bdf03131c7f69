using System.Data;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Removes a global index that is DELETING: its entries in chunks, then its definition.</summary>
/// <remarks>It can be stopped or killed at any point and begun again, by several processes at once.</remarks>
internal static class IndexRemoval
{
    /// <summary>Removes all of an index that can be removed now.</summary>
    /// <returns>True when that was all; false when a batch was writing entries still, or another process was first.</returns>
    public static async Task<bool> RunAsync(LocalDatabase database, int index, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await Chunks.DeleteAsync(connection, Statements.IndexEntriesDeleteChunk, index, cancellationToken);
        if (!await RemoveDefinitionAsync(connection, index, cancellationToken))
        {
            return false;
        }

        database.Definitions.Forget();
        return true;
    }

    private static async Task<bool> RemoveDefinitionAsync(
        NpgsqlConnection connection, int index, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // Changes of definitions go one after the other, by the row of the version. Batches that began before the index was
        // DELETING may be writing entries; those that come later read its definition anew.
        await using var wait = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.CatalogStateBump),
                new NpgsqlBatchCommand(Statements.GsiShardsLockAll),
            },
        };
        await wait.ExecuteNonQueryAsync(cancellationToken);

        await using var remove = new NpgsqlCommand(Statements.SecondaryIndexesRemoveEmpty, connection)
        {
            Parameters = { new() { Value = index } },
        };
        if (await remove.ExecuteScalarAsync(cancellationToken) is not int table)
        {
            return false;
        }

        await using var prune = new NpgsqlCommand(Statements.TablesPruneAttributes, connection)
        {
            Parameters = { new() { Value = table } },
        };
        await prune.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
