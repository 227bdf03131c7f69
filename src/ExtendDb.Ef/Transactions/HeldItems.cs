using ExtendDb.Ef.Items;
using ExtendDb.Ef.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Transactions;

/// <summary>Finds the items that stood in a transaction's way.</summary>
internal static class HeldItems
{
    private const string Savepoint = "extenddb_probe";
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
        // Within the caller's transaction, which does not stand in its own way, or else on a connection of its own: the
        // transaction that met the conflict has ended.
        if (at.Context.Database.CurrentTransaction is { } callers)
        {
            return await CallersTransaction.UndoAsync(
                at.Context,
                cancel => FindAsync((NpgsqlTransaction)callers.GetDbTransaction(), places, absent, cancel),
                cancellationToken);
        }

        await using var connection = await at.Runtime.OpenForWriterAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return await FindAsync(transaction, places, absent, cancellationToken);
    }

    private static async Task<IReadOnlyList<int>> FindAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<ItemPlace> places,
        IReadOnlyList<int> absent,
        CancellationToken cancellationToken)
    {
        var held = new SortedSet<int>();
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
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
            if (await IsBeingInsertedAsync(transaction, places[position], cancellationToken))
            {
                held.Add(position);
            }
        }

        return [.. held];
    }

    private static async Task<bool> IsBeingInsertedAsync(
        NpgsqlTransaction transaction, ItemPlace place, CancellationToken cancellationToken)
    {
        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(Statements.ItemsProbeAbsent, transaction.Connection, transaction)
            {
                Parameters =
                {
                    new() { Value = place.Table.Id },
                    new() { Value = place.Key.PartitionHash },
                    new() { Value = place.Key.SortKey },
                },
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return false;
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return true;
        }
        finally
        {
            await transaction.RollbackAsync(Savepoint, CancellationToken.None);
        }
    }
}
