using ExtendDb.Ef.Items;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Sql;
using ExtendDb.Ef.Writing;
using Npgsql;

namespace ExtendDb.Ef.Transactions;

/// <summary>Finds the items that stood in a transaction's way.</summary>
internal static class HeldItems
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns the positions of the items that other transactions hold, or insert, at this moment.</summary>
    /// <param name="at">Where.</param>
    /// <param name="places">The places of all items.</param>
    /// <param name="absent">The positions of those that others may be inserting, which have no row to be found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The positions in order; none when whoever held one has ended meanwhile.</returns>
    public static async Task<IReadOnlyList<int>> FindAsync(
        OperationContext at, IReadOnlyList<ItemPlace> places, IReadOnlyList<int> absent, CancellationToken cancellationToken)
    {
        // In the caller's transaction, which does not stand in its own way, or in one of its own: the transaction that met the
        // conflict has ended.
        await using var own = await ContextConnection.OpenAsync(at.Context, cancellationToken);
        var connection = own.Connection;
        if (ContextConnection.HasTransaction(at.Context))
        {
            return await Savepoint.UndoAsync(
                connection, cancel => FindAsync(connection, places, absent, cancel), cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return await FindAsync(connection, places, absent, cancellationToken);
    }

    private static async Task<IReadOnlyList<int>> FindAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ItemPlace> places,
        IReadOnlyList<int> absent,
        CancellationToken cancellationToken)
    {
        var held = new SortedSet<int>();
        await using var batch = new NpgsqlBatch(connection);
        var locked = new NpgsqlBatchCommand(Statements.ItemsFindLocked);
        ItemRow.AddParameters(locked.Parameters, places);
        batch.BatchCommands.Add(locked);
        batch.BatchCommands.Add(Locks.SetTimeout(ProbeTimeout));
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                held.Add((int)reader.GetInt64(0) - 1);
            }
        }

        foreach (var position in absent)
        {
            if (await IsBeingInsertedAsync(connection, places[position], cancellationToken))
            {
                held.Add(position);
            }
        }

        return [.. held];
    }

    private static async Task<bool> IsBeingInsertedAsync(
        NpgsqlConnection connection, ItemPlace place, CancellationToken cancellationToken)
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
                            new() { Value = place.Table.Id },
                            new() { Value = place.Key.PartitionHash },
                            new() { Value = place.Key.SortKey },
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
