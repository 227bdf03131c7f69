using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Configurations;
using ExtendDb.Ef.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>The way of every write: read the items locked, decide, change the tracked entities, save, commit.</summary>
internal static class ItemWrite
{
    private const int MostRaces = 20;

    /// <summary>Writes one item, in the transaction of the context or in one of its own.</summary>
    /// <param name="context">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="asked">Holds the key that was asked for, by which a stored item is checked.</param>
    /// <param name="locate">Finds the item's place, and refuses a request that does not fit the table.</param>
    /// <param name="decide">
    /// Makes the new item of the present one, checked against all rules; null is no item. May run again after a lost race.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="TransactionConflictException">A deadlock, a lock time-out or a serialization failure.</exception>
    /// <exception cref="ProvisionedThroughputExceededException">The global indexes of the table lag too far behind.</exception>
    public static async Task<ItemChange> RunAsync(
        OperationContext context,
        string tableName,
        AttributeMap asked,
        Func<TableDefinition, ItemKey> locate,
        Func<TableDefinition, AttributeMap?, AttributeMap?> decide,
        CancellationToken cancellationToken) => (await RunAsync(
            context,
            async token =>
            {
                var table = await context.TableAsync(tableName, token);
                return [new(table, locate(table), asked)];
            },
            (targets, stored) => [decide(targets[0].Table, stored[0])],
            cancellationToken: cancellationToken))![0];

    /// <summary>Writes some items together, in the transaction of the context or in one of its own.</summary>
    /// <param name="context">Where.</param>
    /// <param name="locate">Finds the items' places, all different; runs again when a table was deleted meanwhile.</param>
    /// <param name="decide">As of one item; gets the places and what is stored there, and returns what shall be there.</param>
    /// <param name="begin">Runs first in the transaction; false ends it before anything is read. Null is nothing.</param>
    /// <param name="isTransaction">
    /// Whether the items are read as of one instant: what was absent must not have come while the others were waited for.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The changes, in the order of the places; null when <paramref name="begin"/> ended the transaction.</returns>
    public static async Task<IReadOnlyList<ItemChange>?> RunAsync(
        OperationContext context,
        Func<CancellationToken, Task<IReadOnlyList<ItemTarget>>> locate,
        Func<IReadOnlyList<ItemTarget>, IReadOnlyList<AttributeMap?>, IReadOnlyList<AttributeMap?>> decide,
        Func<CancellationToken, Task<bool>>? begin = null,
        bool isTransaction = false,
        CancellationToken cancellationToken = default)
    {
        for (var lookedUp = false; ; lookedUp = true)
        {
            var targets = await locate(cancellationToken);
            await context.Runtime.Backpressure.AdmitAsync(
                targets.Select(target => target.Table).Distinct(), ContextConnection.IsHeld(context.DbContext), cancellationToken);
            var held = Release(context.DbContext, targets);
            Outcome outcome;
            try
            {
                var attempt = new Attempt(context.DbContext, context.Runtime, targets, decide, begin, isTransaction);
                outcome = await (ContextConnection.HasTransaction(context.DbContext)
                    ? InCallersTransactionAsync(attempt, cancellationToken)
                    : InOwnTransactionAsync(
                        attempt with { LockTimeout = context.Runtime.Options.LockTimeout }, cancellationToken));
                foreach (var own in outcome.Written is null ? [] : held)
                {
                    // An instance of an item that is gone stays detached.
                    if (outcome.Written!.Find(item => item.IsAt(own)) is { Row: { } row, Change.After: not null })
                    {
                        own.Become(row, isCommitted: !ContextConnection.HasTransaction(context.DbContext));
                        context.DbContext.Attach(own);
                    }
                }

                if (outcome.Written is not null)
                {
                    held.Clear();
                }
            }
            catch (DbUpdateException gone) when (Violates(gone, ExtendDbModel.ItemsTableKey) && !lookedUp)
            {
                // The table was deleted, and perhaps created again, since the definitions were read.
                context.Runtime.Definitions.Forget();
                continue;
            }
            catch (Exception conflict) when (conflict is not DynamoDbException && IsConflict(conflict))
            {
                throw new TransactionConflictException(conflict) { Positions = WaitedFor(conflict, targets) };
            }
            finally
            {
                held.ForEach(own => context.DbContext.Attach(own));
            }

            // The connection is free again by now: many writers that wait here leave it to others.
            await (outcome.Owed?.SettleAsync(context.DbContext, cancellationToken) ?? Task.CompletedTask);
            return outcome.Written?.ConvertAll(item => item.Change);
        }
    }

    /// <summary>What is tried, perhaps more than once.</summary>
    private sealed record Attempt(
        DbContext Context,
        ExtendDbRuntime Runtime,
        IReadOnlyList<ItemTarget> Places,
        Func<IReadOnlyList<ItemTarget>, IReadOnlyList<AttributeMap?>, IReadOnlyList<AttributeMap?>> Decide,
        Func<CancellationToken, Task<bool>>? Begin,
        bool IsTransaction,
        TimeSpan? LockTimeout = null);

    /// <summary>A change and the row that it was made to.</summary>
    private sealed record Written(ItemChange Change, Item? Row)
    {
        public bool IsAt(Item item) => Change.Target.Table.Id == item.TableId && Change.Target.Key == item.Key;
    }

    /// <summary>What has come of a write.</summary>
    /// <param name="Written">The changes; null when the transaction was ended before anything was read.</param>
    /// <param name="Owed">What the write owes after its commit; null for nothing, or when the caller commits.</param>
    private sealed record Outcome(List<Written>? Written, CommittedMarkers? Owed = null);

    // With a strategy that tries again, the answer to a commit can be lost and the write be done all the same. It must not be
    // done again then: a counter would be raised twice, and a condition fail because of the write itself.
    private static Task<Outcome> InOwnTransactionAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var strategy = attempt.Context.Database.CreateExecutionStrategy();
        if (!strategy.RetriesOnFailure)
        {
            return TryInOwnTransactionAsync(attempt, committing: null, cancellationToken);
        }

        (string Id, Outcome Outcome)? last = null;
        return strategy.ExecuteAsync(
            attempt,
            (_, again, token) =>
            {
                last = null;
                return TryInOwnTransactionAsync(
                    again,
                    async outcome => last = (await CommitOutcome.ReadIdAsync(again.Context, token), outcome),
                    token);
            },
            async (_, again, token) =>
            {
                if (last is not { } unanswered
                    || !await CommitOutcome.HasCommittedAsync(again.Runtime, unanswered.Id, token))
                {
                    return new(successful: false, new(null));
                }

                again.Context.ChangeTracker.AcceptAllChanges();
                return new(successful: true, unanswered.Outcome);
            },
            cancellationToken);
    }

    private static async Task<Outcome> TryInOwnTransactionAsync(
        Attempt attempt, Func<Outcome, Task>? committing, CancellationToken cancellationToken)
    {
        var database = attempt.Context.Database;
        var savepoints = database.AutoSavepointsEnabled;
        database.AutoSavepointsEnabled = false;
        try
        {
            for (var race = 1; ; race++)
            {
                await using var transaction = await database.BeginTransactionAsync(cancellationToken);
                if (attempt.Begin is not null && !await attempt.Begin(cancellationToken))
                {
                    return new(null);
                }

                if (await TryAsync(attempt, acceptChanges: false, cancellationToken) is { } written)
                {
                    // Taken before the commit, so that it is settled when the connection is free.
                    var outcome = new Outcome(
                        written, attempt.Runtime.UncommittedSaves.Take(transaction.GetDbTransaction()));
                    await (committing?.Invoke(outcome) ?? Task.CompletedTask);

                    // Only now are the changes of all that the context tracks accepted: a commit that fails is
                    // tried again with them.
                    await transaction.CommitAsync(cancellationToken);
                    attempt.Context.ChangeTracker.AcceptAllChanges();
                    return outcome;
                }

                await transaction.RollbackAsync(cancellationToken);
                GiveUpAfter(race);
            }
        }
        finally
        {
            database.AutoSavepointsEnabled = savepoints;
        }
    }

    // A save sets a savepoint of its own in a transaction that was begun before, so a lost race undoes only that save. In an
    // ambient transaction it has none.
    private static async Task<Outcome> InCallersTransactionAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        await using var held = await ContextConnection.OpenAsync(attempt.Context, cancellationToken);
        if (attempt.Begin is not null && !await attempt.Begin(cancellationToken))
        {
            return new(null);
        }

        for (var race = 1; ; race++)
        {
            var written = await (attempt.Context.Database.CurrentTransaction is null
                ? TryInAmbientTransactionAsync(attempt, held.Connection, cancellationToken)
                : TryAsync(attempt, acceptChanges: true, cancellationToken));
            if (written is not null)
            {
                return new(written);
            }

            GiveUpAfter(race);
        }
    }

    private static async Task<List<Written>?> TryInAmbientTransactionAsync(
        Attempt attempt, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await Savepoint.UndoFailedAsync(
                connection,
                async token => await TryAsync(attempt, acceptChanges: true, token) ?? throw new LostRaceException(),
                cancellationToken);
        }
        catch (LostRaceException)
        {
            return null;
        }
    }

    /// <summary>Another writer was the first to insert an item.</summary>
    private sealed class LostRaceException : Exception;

    // In a snapshot that is older than the winner's commit its item stays unseen, however often one tries.
    private static void GiveUpAfter(int races)
    {
        if (races == MostRaces)
        {
            throw new TransactionConflictException();
        }
    }

    /// <summary>Writes the items once; null when another writer was the first to insert one.</summary>
    private static async Task<List<Written>?> TryAsync(
        Attempt attempt, bool acceptChanges, CancellationToken cancellationToken)
    {
        var (context, targets) = (attempt.Context, attempt.Places);
        var rows = new List<Item>(targets.Count);
        try
        {
            var items = await ItemRow.ReadLockedAsync(context, targets, attempt.LockTimeout, cancellationToken);
            KillPoint.Reach(KillPoint.WriterLocked);
            var before = Array.ConvertAll(items, item => item?.Document);
            var after = attempt.Decide(targets, before);
            if (attempt.IsTransaction && !await StayAbsentAsync(context, targets, before, after, cancellationToken))
            {
                return null;
            }

            var written = new List<Written>(targets.Count);
            for (var i = 0; i < targets.Count; i++)
            {
                var row = Track(context, targets[i], items[i], after[i]);
                if (row is not null)
                {
                    rows.Add(row);
                }

                written.Add(new(new(targets[i], before[i], after[i]), row));
            }

            // Also without an item of our own: what else the context tracks is saved with every write.
            await context.SaveChangesAsync(acceptChanges, cancellationToken);
            KillPoint.Reach(KillPoint.WriterSaved);
            return written;
        }
        catch (DbUpdateException lost) when (IsLostRace(lost, targets))
        {
            return null;
        }
        finally
        {
            rows.ForEach(row => context.Entry(row).State = EntityState.Detached);
        }
    }

    // A statement that waits for a row still does not see what was inserted meanwhile. What is put is safe: its insert
    // meets the other one.
    private static async Task<bool> StayAbsentAsync(
        DbContext context,
        IReadOnlyList<ItemTarget> targets,
        AttributeMap?[] before,
        IReadOnlyList<AttributeMap?> after,
        CancellationToken cancellationToken)
    {
        var absent = Enumerable.Range(0, targets.Count).Where(i => before[i] is null).ToList();
        if (targets.Count == 1 || absent.TrueForAll(i => after[i] is not null))
        {
            return true;
        }

        try
        {
            return await ItemRow.StayAbsentAsync(context, absent.ConvertAll(i => targets[i]), cancellationToken);
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new TransactionConflictException(held) { Positions = absent };
        }
    }

    private static Item? Track(DbContext context, ItemTarget target, Item? stored, AttributeMap? after)
    {
        if (stored is null)
        {
            if (after is null)
            {
                return null;
            }

            var created = Item.CreateChecked(target.Table, target.Key, after);
            context.Entry(created).State = EntityState.Added;
            return created;
        }

        var entry = context.Entry(stored);
        entry.State = after is null ? EntityState.Deleted : EntityState.Unchanged;
        if (after is not null)
        {
            stored.ReplaceChecked(after);
            entry.DetectChanges();
        }

        return stored;
    }

    /// <summary>Lets go of the caller's own instances of the items for the duration of the write.</summary>
    /// <exception cref="InvalidOperationException">One has a change that is not saved.</exception>
    private static List<Item> Release(DbContext context, IReadOnlyList<ItemTarget> targets)
    {
        var tracked = context.ChangeTracker.Entries<Item>()
            .Where(entry => targets.Any(target => target.Table.Id == entry.Entity.TableId && target.Key == entry.Entity.Key))
            .ToList();
        if (tracked.Find(entry => entry.State != EntityState.Unchanged) is { } unsaved)
        {
            throw new InvalidOperationException(
                $"The context has an unsaved change of the same item of table {unsaved.Entity.TableId}. Save it first.");
        }

        tracked.ForEach(entry => entry.State = EntityState.Detached);
        return tracked.ConvertAll(entry => entry.Entity);
    }

    // The entry of a local index is inserted before its item, so it can be the first to meet the winner's.
    private static bool IsLostRace(DbUpdateException exception, IReadOnlyList<ItemTarget> targets) =>
        (Violates(exception, ExtendDbModel.ItemsPrimaryKey) || Violates(exception, ExtendDbModel.IndexEntriesPrimaryKey))
        && targets.Any(target => IsOf(exception, target));

    // Rows that were found are locked before, so a save waits only for who inserts the same item.
    private static List<int> WaitedFor(Exception conflict, IReadOnlyList<ItemTarget> targets)
    {
        if (ServerError(conflict)!.SqlState != PostgresErrorCodes.LockNotAvailable)
        {
            return [];
        }

        var failed = conflict;
        while (failed is not (null or DbUpdateException))
        {
            failed = failed.InnerException;
        }

        return failed is DbUpdateException save
            ? [.. Enumerable.Range(0, targets.Count).Where(i => IsOf(save, targets[i]))]
            : [];
    }

    private static bool IsOf(DbUpdateException exception, ItemTarget target) => exception.Entries.Any(entry => entry.Entity switch
    {
        Item item => target.Table.Id == item.TableId && target.Key == item.Key,
        IndexEntry indexEntry => target.Key == new ItemKey(indexEntry.PartitionHash, indexEntry.SortKey)
            && target.Table.LocalIndexes.Any(index => index.Id == indexEntry.IndexId),
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
