using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Writing;
using Npgsql;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>Finds the items that other transactions have locked.</summary>
internal static class HeldItems
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns the positions of the items that other transactions lock or insert at this moment.</summary>
    /// <param name="targets">The tables and keys of all items.</param>
    /// <param name="absent">
    /// The positions of items that other transactions may be inserting; such an item has no row that could be found
    /// locked.
    /// </param>
    /// <returns>
    /// The positions in ascending order; none when the other transactions have ended in the meantime.
    /// </returns>
    public static async Task<IReadOnlyList<int>> FindAsync(
        OperationContext context, IReadOnlyList<ItemTarget> targets, IReadOnlyList<int> absent, CancellationToken cancellationToken)
    {
        // In the caller's transaction, whose own locks do not count, or in a new transaction: the transaction that met
        // the conflict has ended.
        await using var own = await ContextConnection.OpenAsync(context.DbContext, cancellationToken);
        var connection = own.Connection;
        if (ContextConnection.HasTransaction(context.DbContext))
        {
            return await Savepoint.UndoAsync(
                connection, cancel => FindAsync(connection, targets, absent, cancel), cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return await FindAsync(connection, targets, absent, cancellationToken);
    }

    private static async Task<IReadOnlyList<int>> FindAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ItemTarget> targets,
        IReadOnlyList<int> absent,
        CancellationToken cancellationToken)
    {
        var held = new SortedSet<int>();
        await using var batch = new NpgsqlBatch(connection);
        var locked = new NpgsqlBatchCommand(Statements.ItemsFindLocked);
        ItemRow.AddParameters(locked.Parameters, targets);
        locked.Parameters.Add(ItemRow.SlotsOf(targets.Select(target => target.Key)));
        batch.BatchCommands.Add(locked);
        batch.BatchCommands.Add(LockTimeout.SetLocal(ProbeTimeout));
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                held.Add((int)reader.GetInt64(0) - 1);
            }
        }

        foreach (var position in absent)
        {
            if (await IsBeingInsertedAsync(connection, targets[position], cancellationToken))
            {
                held.Add(position);
            }
        }

        return [.. held];
    }

    private static async Task<bool> IsBeingInsertedAsync(
        NpgsqlConnection connection, ItemTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await Savepoint.UndoAsync(
                connection,
                async cancel =>
                {
                    await using var command = new NpgsqlCommand(Statements.ItemsProbeAbsent, connection)
                    {
                        Parameters =
                        {
                            new() { Value = target.Table.Id },
                            new() { Value = target.Key.PartitionHash },
                            new() { Value = target.Key.SortKey },
                            new() { Value = target.Key.Slot },
                        },
                    };
                    await command.ExecuteNonQueryAsync(cancel);
                    return false;
                },
                cancellationToken);
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return true;
        }
    }
}
