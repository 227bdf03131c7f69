using System.Runtime.ExceptionServices;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Deletes the rows of tables and indexes whose definitions are gone, in chunks.</summary>
/// <remarks>
/// A process that does not know yet that a definition is gone would find only some of its rows, and a transaction that
/// began before can still write rows. So the deletion begins when every process must have read the definitions again and
/// the transactions of that time have ended; nobody else waits for either. Several processes can do this at once, and can
/// be killed at any point.
/// </remarks>
internal sealed class RemovedRows(ExtendDbRuntime runtime, ILogger logger)
{
    private List<RemovedDefinition> _removed = [];
    private WriterBarrier? _barrier;
    private long? _version;

    /// <summary>Takes the steps that are possible without waiting.</summary>
    /// <remarks>
    /// What is removed meanwhile waits for the next barrier, so that there is one at a time, however long a transaction
    /// lasts. A table that fails does not keep the others from their turn; the first failure is thrown at the end.
    /// </remarks>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var definitions = await runtime.Definitions.GetAsync(cancellationToken);
        if (_barrier is null && definitions.Version == _version)
        {
            return;
        }

        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        if (_barrier is null)
        {
            _removed = await ReadAsync(connection, cancellationToken);
            if (_removed.Count == 0)
            {
                _version = definitions.Version;
                return;
            }

            _barrier = new(runtime);
        }

        if (await _barrier.EveryWriterKnowsAsync(connection, cancellationToken))
        {
            await DeleteAsync(connection, cancellationToken);
            (_barrier, _version) = (null, null);
        }
    }

    private async Task DeleteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var removed in _removed)
        {
            try
            {
                if (await DeleteAsync(connection, removed, cancellationToken))
                {
                    IndexLog.RowsDeleted(logger, removed.IsTable ? "table" : "index", removed.Name, removed.Id);
                }
            }
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
            {
                failure ??= ExceptionDispatchInfo.Capture(failed);
            }
        }

        failure?.Throw();
    }

    /// <summary>Deletes all rows that no transaction holds, and forgets the definition once none is left.</summary>
    private static async Task<bool> DeleteAsync(
        NpgsqlConnection connection, RemovedDefinition removed, CancellationToken cancellationToken)
    {
        var (chunk, forget) = removed.IsTable
            ? (Statements.ItemsDeleteChunk, Statements.RemovedDefinitionsForgetTable)
            : (Statements.IndexEntriesDeleteChunk, Statements.RemovedDefinitionsForgetIndex);
        await ChunkedDeletion.DeleteAsync(connection, chunk, removed.Id, cancellationToken);
        var forgotten = new NpgsqlBatchCommand(forget) { Parameters = { new() { Value = removed.Id } } };
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(Statements.BatchBegin), forgotten },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return forgotten.RecordsAffected > 0;
    }

    private static async Task<List<RemovedDefinition>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var removed = new List<RemovedDefinition>();
        await using var command = new NpgsqlCommand(Statements.RemovedDefinitionsList, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            removed.Add(new(reader.GetString(0) == "TABLE", reader.GetInt32(1), reader.GetString(2)));
        }

        return removed;
    }
}
