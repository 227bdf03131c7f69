using System.Transactions;
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
    /// <param name="Before">The attributes before.</param>
    /// <param name="After">The attributes after.</param>
    /// <param name="Row">The row that was written.</param>
    public readonly record struct Change(AttributeMap? Before, AttributeMap? After, Item? Row);

    /// <summary>Writes one item, in the transaction of the context or in one of its own.</summary>
    /// <param name="at">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="asked">Holds the key that was asked for, by which a stored item is checked.</param>
    /// <param name="locate">Finds the item's place, and refuses a request that does not fit the table.</param>
    /// <param name="decide">
    /// Makes the new item of the present one, checked against all rules; null is no item. May run again after a lost race.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="TransactionConflictException">A deadlock, a lock time-out or a serialization failure.</exception>
    public static async Task<Change> RunAsync(
        OperationContext at,
        string tableName,
        AttributeMap asked,
        Func<TableDefinition, ItemKey> locate,
        Func<TableDefinition, AttributeMap?, AttributeMap?> decide,
        CancellationToken cancellationToken)
    {
        for (var lookedUp = false; ; lookedUp = true)
        {
            var table = await at.TableAsync(tableName, cancellationToken);
            var key = locate(table);
            var held = Release(at.Context, table, key);
            try
            {
                var change = InCallersTransaction(at.Context)
                    ? await InCallersTransactionAsync(at, table, key, DecideChecked, cancellationToken)
                    : await InOwnTransactionAsync(at, table, key, DecideChecked, cancellationToken);
                if (change.Row is { } written && change.After is not null)
                {
                    held?.Become(written);
                }
                else
                {
                    held = null;
                }

                return change;
            }
            catch (DbUpdateException gone) when (Violates(gone, ExtendDbModel.ItemsTableKey) && !lookedUp)
            {
                // The table was deleted, and perhaps created again, since the definitions were read.
                at.Database.Definitions.Forget();
            }
            catch (Exception conflict) when (IsConflict(conflict))
            {
                throw new TransactionConflictException(conflict);
            }
            finally
            {
                if (held is not null)
                {
                    at.Context.Attach(held);
                }
            }
        }

        AttributeMap? DecideChecked(TableDefinition table, AttributeMap? stored)
        {
            if (stored is not null)
            {
                ItemRow.CheckKey(table.KeySchema, asked, stored);
            }

            return decide(table, stored);
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
                    if (await TryAsync(at, table, key, decide, acceptChanges: false, token) is { } change)
                    {
                        // Only now are the changes of all that the context tracks accepted: a commit that fails is
                        // tried again with them.
                        await transaction.CommitAsync(token);
                        at.Context.ChangeTracker.AcceptAllChanges();
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
            if (await TryAsync(at, table, key, decide, acceptChanges: true, cancellationToken) is { } change)
            {
                return change;
            }

            // An ambient transaction has no savepoint to go back to.
            GiveUpAfter(at.Context.Database.CurrentTransaction is null ? MostRaces : race);
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
        bool acceptChanges,
        CancellationToken cancellationToken)
    {
        Item? item = null;
        try
        {
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
                    item.ReplaceChecked(after);
                }
            }
            else if (after is not null)
            {
                item = Item.CreateChecked(table, key, after);
                at.Context.Add(item);
            }

            // Also without an item of our own: what else the context tracks is saved with every write.
            await at.Context.SaveChangesAsync(acceptChanges, cancellationToken);
            return new(before, after, item);
        }
        catch (DbUpdateException lost) when (IsLostRace(lost, key))
        {
            return null;
        }
        finally
        {
            if (item is not null)
            {
                at.Context.Entry(item).State = EntityState.Detached;
            }
        }
    }

    private static bool InCallersTransaction(DbContext context) =>
        context.Database.CurrentTransaction is not null
        || context.Database.GetEnlistedTransaction() is not null
        || Transaction.Current is not null;

    /// <summary>Lets go of the caller's own instance of the item for the duration of the write.</summary>
    /// <exception cref="InvalidOperationException">It has a change that is not saved.</exception>
    private static Item? Release(DbContext context, TableDefinition table, ItemKey key)
    {
        var tracked = context.ChangeTracker.Entries<Item>()
            .FirstOrDefault(e => e.Entity.TableId == table.Id && e.Entity.Key == key);
        if (tracked is null)
        {
            return null;
        }

        if (tracked.State != EntityState.Unchanged)
        {
            throw new InvalidOperationException(
                $"The context has an unsaved change of the same item of table {table.Name}. Save it first.");
        }

        tracked.State = EntityState.Detached;
        return tracked.Entity;
    }

    // The entry of a local index is inserted before its item, so it can be the first to meet the winner's.
    private static bool IsLostRace(DbUpdateException exception, ItemKey key) =>
        (Violates(exception, ExtendDbModel.ItemsPrimaryKey) || Violates(exception, ExtendDbModel.IndexEntriesPrimaryKey))
        && exception.Entries.Any(entry => entry.Entity switch
        {
            Item item => item.Key == key,
            IndexEntry indexEntry => new ItemKey(indexEntry.PartitionHash, indexEntry.SortKey) == key,
            _ => false,
        });

    private static bool Violates(Exception exception, string constraint) =>
        ServerError(exception) is { SchemaName: ExtendDbModel.Schema } refused && refused.ConstraintName == constraint;

    private static bool IsConflict(Exception exception) => ServerError(exception) is
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.SerializationFailure,
    };

    // EF wraps it in a DbUpdateException, and Npgsql's strategy what may pass in an InvalidOperationException.
    private static PostgresException? ServerError(Exception? exception)
    {
        while (exception is not (null or PostgresException))
        {
            exception = exception.InnerException;
        }

        return (PostgresException?)exception;
    }
}
