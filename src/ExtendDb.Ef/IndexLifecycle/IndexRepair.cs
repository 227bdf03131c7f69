using System.Data;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Brings entries right that a verification found divergent, and touches no others.</summary>
/// <remarks>
/// Those of a global index are enqueued, and a worker writes them as it writes all others. Those of a local index are
/// written here, behind the lock of their item, since its writers write them themselves.
/// </remarks>
internal static class IndexRepair
{
    /// <summary>Repairs the entries of some keys.</summary>
    public static async Task RunAsync(
        LocalDatabase database,
        TableDefinition table,
        IndexDefinition index,
        IReadOnlyList<ItemKey> keys,
        CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return;
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        if (index.Kind == IndexKind.GLOBAL)
        {
            await EnqueueAsync(connection, table, index, keys, cancellationToken);
            database.WakeUp.At(database.Options.TimeProvider.GetUtcNow());
            return;
        }

        foreach (var key in keys)
        {
            await RewriteAsync(connection, table, index, key, cancellationToken);
        }
    }

    private static async Task EnqueueAsync(
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        IReadOnlyList<ItemKey> keys,
        CancellationToken cancellationToken)
    {
        await using var enqueue = new NpgsqlCommand(Statements.GsiPendingEnqueue, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = index.Id },
                new() { Value = keys.Select(key => Shard.Of(key)).ToArray() },
                new() { Value = keys.Select(key => key.PartitionHash).ToArray() },
                new() { Value = keys.Select(key => key.SortKey).ToArray() },
            },
        };
        await enqueue.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RewriteAsync(
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        ItemKey key,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        if (await ReadLockedAsync(connection, table, key, cancellationToken) is not { } item)
        {
            await using var delete = new NpgsqlCommand(Statements.IndexEntriesDeleteOrphan, connection)
            {
                Parameters =
                {
                    new() { Value = table.Id },
                    new() { Value = index.Id },
                    new() { Value = key.PartitionHash },
                    new() { Value = key.SortKey },
                },
            };
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }
        else
        {
            var entry = index.Project(item) is { } projected
                ? new EntryRow(projected.Key, StoredDocument.Write(projected.Document), projected.SizeBytes)
                : null;
            await EntryWriter.WriteAsync(
                connection, [new(table.Id, index.Id, key, entry)], heal: false, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<AttributeMap?> ReadLockedAsync(
        NpgsqlConnection connection, TableDefinition table, ItemKey key, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand(Statements.ItemsReadLocked, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = key.PartitionHash },
                new() { Value = key.SortKey },
            },
        };
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? StoredDocument.Read(reader.GetFieldValue<byte[]>(0))
            : null;
    }
}
