using System.Data;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Removes a global index that is DELETING: its entries in chunks, then its definition.</summary>
/// <remarks>
/// The removal waits until every process has read the definitions again: a query of a process that does not know yet
/// would find only some of the entries. Several processes can do this at once, and can be killed at any point.
/// </remarks>
/// <param name="index">The id of the index.</param>
internal sealed class IndexRemoval(ExtendDbRuntime runtime, int index)
{
    private readonly ProcessBarrier _age = new(runtime);

    /// <summary>Takes all steps that are possible without waiting.</summary>
    /// <returns>
    /// True when the index is gone; false while a process may still use it, or when another process was first.
    /// </returns>
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

        // The row of the version puts changes of definitions in order. Batches that began before the index was DELETING
        // may be writing entries; later batches read its definition again. The shards come last: a transaction that
        // holds them waits for nothing else.
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
