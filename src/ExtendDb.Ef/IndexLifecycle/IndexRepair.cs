using System.Data;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Writing;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Rewrites the entries that a verification found divergent, and no others.</summary>
/// <remarks>
/// Entries of a global index are enqueued, and a worker writes them like all others. Entries of a local index are
/// written here, behind the lock of their item, because writers of the item write them directly.
/// </remarks>
internal static class IndexRepair
{
    private const int MostTries = 10;

    /// <summary>Repairs the entries of some keys.</summary>
    /// <returns>
    /// The number of repaired or enqueued entries; an entry of a local index whose item cannot be read is not repaired.
    /// </returns>
    public static async Task<int> RunAsync(
        ExtendDbRuntime runtime,
        TableDefinition table,
        IndexDefinition index,
        IReadOnlyList<ItemKey> keys,
        CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return 0;
        }

        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        if (index.Kind == IndexKind.GLOBAL)
        {
            await using var enqueue = new NpgsqlBatch(connection)
            {
                BatchCommands = { EnqueueCommand.Of(table.Id, index, keys, TimeSpan.Zero) },
            };
            await enqueue.ExecuteNonQueryAsync(cancellationToken);
            runtime.Signal.At(runtime.Time.GetUtcNow());
            return keys.Count;
        }

        var repaired = 0;
        foreach (var key in keys)
        {
            repaired += await TryRewriteAsync(runtime, connection, table, index, key, cancellationToken) ? 1 : 0;
        }

        return repaired;
    }

    // A writer that writes the entry before its item takes the two locks in the other order, which can end in a
    // deadlock.
    private static async Task<bool> TryRewriteAsync(
        ExtendDbRuntime runtime,
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        ItemKey key,
        CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await RewriteAsync(runtime, connection, table, index, key, cancellationToken);
                return true;
            }
            catch (PostgresException held) when (tries < MostTries && SqlErrors.IsTransient(held))
            {
                // The lock is free in a moment.
            }
            catch (InternalServerErrorException)
            {
                return false;
            }
        }
    }

    private static async Task RewriteAsync(
        ExtendDbRuntime runtime,
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        ItemKey key,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        if (await ReadLockedAsync(runtime, connection, table, key, cancellationToken) is not { } item)
        {
            // Two statements: the second sees an item that was put while the first waited for its entry.
            await using var delete = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand(Statements.IndexEntriesLock)
                    {
                        Parameters =
                        {
                            new() { Value = index.Id },
                            new() { Value = key.PartitionHash },
                            new() { Value = key.SortKey },
                            new() { Value = key.Slot },
                        },
                    },
                    new NpgsqlBatchCommand(Statements.IndexEntriesDeleteOrphan)
                    {
                        Parameters =
                        {
                            new() { Value = table.Id },
                            new() { Value = index.Id },
                            new() { Value = key.PartitionHash },
                            new() { Value = key.SortKey },
                            new() { Value = key.Slot },
                        },
                    },
                },
            };
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }
        else
        {
            var entry = index.Project(item) is { } projected ? EntryRow.Of(projected) : null;
            await EntryWriter.WriteAsync(
                connection, [new(table.Id, index.Id, key, entry)], heal: false, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<AttributeMap?> ReadLockedAsync(
        ExtendDbRuntime runtime,
        NpgsqlConnection connection,
        TableDefinition table,
        ItemKey key,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                LockTimeout.SetLocal(runtime.Options.LockTimeout),
                new NpgsqlBatchCommand(Statements.ItemsReadLocked)
                {
                    Parameters =
                    {
                        new() { Value = table.Id },
                        new() { Value = key.PartitionHash },
                        new() { Value = key.SortKey },
                        new() { Value = key.Slot },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? StoredDocument.Read(reader.GetFieldValue<byte[]>(0))
            : null;
    }
}
