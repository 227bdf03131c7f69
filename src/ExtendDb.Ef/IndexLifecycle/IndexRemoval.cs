using System.Data;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Removes a global index that is DELETING: its entries in chunks, then its definition.</summary>
/// <remarks>
/// It waits until every process has read the definitions anew: a query of one that does not know yet would find only some
/// of the entries. It can be stopped or killed at any point and begun again, by several processes at once.
/// </remarks>
/// <param name="index">The index's number.</param>
internal sealed class IndexRemoval(ExtendDbRuntime runtime, int index)
{
    private readonly ProcessBarrier _age = new(runtime);

    /// <summary>Does all that can be done without waiting.</summary>
    /// <returns>True when the index is gone; false when somebody may still use it, or another process was first.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        if (!await _age.EveryProcessKnowsAsync(connection, cancellationToken))
        {
            return false;
        }

        await ChunkedDeletion.DeleteAsync(connection, Statements.IndexEntriesDeleteChunk, index, cancellationToken);
        if (!await RemoveDefinitionAsync(connection, cancellationToken))
        {
            return false;
        }

        runtime.Definitions.Forget();
        return true;
    }

    private async Task<bool> RemoveDefinitionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // Changes of definitions go one after the other, by the row of the version. Batches that began before the index was
        // DELETING may be writing entries; those that come later read its definition anew. The shards come last: nobody
        // waits for anything while it holds them.
        await using var wait = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.DefinitionChangeBegin),
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
