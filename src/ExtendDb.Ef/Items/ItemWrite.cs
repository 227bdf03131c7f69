using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Configurations;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Items;

/// <summary>The way of every write of one item: read it locked, decide, change the tracked entity, save, commit.</summary>
internal static class ItemWrite
{
    private const int MostRaces = 20;

    /// <summary>What a write found and what it left; null is no item.</summary>
    public readonly record struct Change(AttributeMap? Before, AttributeMap? After);

    /// <summary>Writes one item, in the transaction of the context or in one of its own.</summary>
    /// <param name="at">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="locate">Finds the item's place, and refuses a request that does not fit the table.</param>
    /// <param name="decide">Makes the new item of the present one; null is no item. May run again after a lost race.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="TransactionConflictException">A deadlock, a lock time-out or a serialization failure.</exception>
    public static async Task<Change> RunAsync(
        OperationContext at,
        string tableName,
        Func<TableDefinition, ItemKey> locate,
        Func<TableDefinition, AttributeMap?, AttributeMap?> decide,
        CancellationToken cancellationToken)
    {
        for (var lookedUp = false; ; lookedUp = true)
        {
            var table = await at.TableAsync(tableName, cancellationToken);
            var key = locate(table);
            try
            {
                return at.Context.Database.CurrentTransaction is null
                    ? await InOwnTransactionAsync(at, table, key, decide, cancellationToken)
                    : await InCallersTransactionAsync(at, table, key, decide, cancellationToken);
            }
            catch (DbUpdateException gone) when (Violates(gone, ExtendDbModel.ItemsTableKey) && !lookedUp)
            {
                // The table was deleted, and perhaps created again, since the definitions were read.
                at.Database.Definitions.Forget();
            }
        }
    }

    private static Task<Change> InOwnTransactionAsync(
        OperationContext at,
        TableDefinition table,
        ItemKey key,
        Func<TableDefinition, AttributeMap?, AttributeMap?> decide,
        CancellationToken cancellationToken) =>
        at.Context.Database.CreateExecutionStrategy().ExecuteAsync(async token =>
        {
            var savepoints = at.Context.Database.AutoSavepointsEnabled;
            at.Context.Database.AutoSavepointsEnabled = false;
            try
            {
                for (var race = 1; ; race++)
                {
                    await using var transaction = await at.Context.Database.BeginTransactionAsync(token);
                    if (await TryAsync(at, table, key, decide, token) is { } change)
                    {
                        await transaction.CommitAsync(token);
                        return change;
                    }

                    await transaction.RollbackAsync(token);
                    GiveUpAfter(race);
                }
            }
            finally
            {
                at.Context.Database.AutoSavepointsEnabled = savepoints;
            }
        },
        cancellationToken);

    // EF sets a savepoint before each save in a transaction that was begun before, so a lost race undoes only that save.
    private static async Task<Change> InCallersTransactionAsync(
        OperationContext at,
        TableDefinition table,
        ItemKey key,
        Func<TableDefinition, AttributeMap?, AttributeMap?> decide,
        CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            if (await TryAsync(at, table, key, decide, cancellationToken) is { } change)
            {
                return change;
            }

            GiveUpAfter(race);
        }
    }

    // In a snapshot that is older than the winner's commit its item stays unseen, however often one tries.
    private static void GiveUpAfter(int races)
    {
        if (races == MostRaces)
        {
            throw new TransactionConflictException();
        }
    }

    /// <summary>Writes the item once; null when another writer was the first to insert it.</summary>
    private static async Task<Change?> TryAsync(
        OperationContext at,
        TableDefinition table,
        ItemKey key,
        Func<TableDefinition, AttributeMap?, AttributeMap?> decide,
        CancellationToken cancellationToken)
    {
        Item? item = null;
        try
        {
            RefuseUnsaved(at.Context, table, key);
            item = await ItemRow.ReadLockedAsync(at.Context, table, key, cancellationToken);
            var before = item?.Document;
            var after = decide(table, before);
            if (item is not null)
            {
                at.Context.Attach(item);
                if (after is null)
                {
                    at.Context.Remove(item);
                }
                else
                {
                    item.Replace(table, after);
                }
            }
            else if (after is not null)
            {
                item = Item.Create(table, after);
                at.Context.Add(item);
            }

            // Also without an item of our own: what else the context tracks is saved with every write.
            await at.Context.SaveChangesAsync(cancellationToken);
            return new(before, after);
        }
        catch (DbUpdateException lost) when (
            Violates(lost, ExtendDbModel.ItemsPrimaryKey) && lost.Entries.Any(entry => entry.Entity == item))
        {
            return null;
        }
        catch (DbUpdateException conflict) when (IsConflict(conflict.InnerException))
        {
            throw new TransactionConflictException(conflict);
        }
        catch (PostgresException conflict) when (IsConflict(conflict))
        {
            throw new TransactionConflictException(conflict);
        }
        finally
        {
            if (item is not null)
            {
                at.Context.Entry(item).State = EntityState.Detached;
            }
        }
    }

    private static void RefuseUnsaved(DbContext context, TableDefinition table, ItemKey key)
    {
        var tracked = context.ChangeTracker.Entries<Item>()
            .FirstOrDefault(e => e.Entity.TableId == table.Id && e.Entity.Key == key);
        if (tracked is { State: not EntityState.Unchanged })
        {
            throw new InvalidOperationException(
                $"The context has an unsaved change of the same item of table {table.Name}. Save it first.");
        }

        if (tracked is not null)
        {
            tracked.State = EntityState.Detached;
        }
    }

    private static bool Violates(DbUpdateException exception, string constraint) =>
        exception.InnerException is PostgresException { SchemaName: ExtendDbModel.Schema } refused
        && refused.ConstraintName == constraint;

    private static bool IsConflict(Exception? exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.SerializationFailure,
    };
}
