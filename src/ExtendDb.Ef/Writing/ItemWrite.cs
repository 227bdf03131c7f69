using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>The steps of every operation that writes: locate the items, read and lock them, decide, save.</summary>
/// <remarks>
/// <see cref="ItemTransaction"/> begins, retries and commits; <see cref="TrackedItems"/> holds the rows that the
/// context tracks during an attempt.
/// </remarks>
internal sealed class ItemWrite
{
    private readonly OperationContext _context;
    private readonly ItemActions _actions;
    private readonly IReadOnlyList<ItemTarget> _targets;

    private ItemWrite(OperationContext context, ItemActions actions, IReadOnlyList<ItemTarget> targets)
    {
        _context = context;
        _actions = actions;
        _targets = targets;
    }

    /// <summary>
    /// Writes one item: directly where that is possible, otherwise in the transaction of the context or in one of its own.
    /// </summary>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <exception cref="TransactionConflictException">
    /// The write met a deadlock, a lock time-out or a serialization failure, or lost the race to insert the item too
    /// often.
    /// </exception>
    /// <exception cref="ProvisionedThroughputExceededException">
    /// The global indexes of the table lag too far.
    /// </exception>
    public static async Task<ItemChange> RunAsync(
        OperationContext context, ItemAction action, CancellationToken cancellationToken)
    {
        if (await DirectWrite.TryAsync(context, action, cancellationToken) is { } change)
        {
            return change;
        }

        var locked = (await RunAsync(context, new ItemActions([action]), cancellationToken))![0];
        ItemMetrics.Written(context.Runtime.Name, WriteWay.Locked);
        return locked;
    }

    /// <summary>
    /// Writes several items together, in the transaction of the context or in a transaction of its own.
    /// </summary>
    /// <returns>
    /// The changes, in the order of the actions; null when <see cref="ItemActions.BeginAsync"/> ended the transaction.
    /// </returns>
    public static async Task<IReadOnlyList<ItemChange>?> RunAsync(
        OperationContext context, ItemActions actions, CancellationToken cancellationToken)
    {
        for (var lookedUp = false; ; lookedUp = true)
        {
            var targets = await actions.LocateAsync(context, cancellationToken);
            await context.Runtime.Backpressure.AdmitAsync(
                targets.Select(target => target.Table).Distinct(),
                context.HoldsConnection,
                cancellationToken);
            var released = TrackedItems.Release(context.DbContext, targets);
            ItemTransaction.Outcome outcome;
            try
            {
                outcome = await new ItemTransaction(context, new ItemWrite(context, actions, targets)).RunAsync(cancellationToken);
                if (outcome.Written is { } written)
                {
                    released.TakeOver(written);
                }
            }
            catch (ResourceNotFoundException) when (!lookedUp)
            {
                // The table was deleted, and perhaps created again, since the definitions were read.
                context.Runtime.Definitions.Forget();
                continue;
            }
            catch (Exception conflict) when (conflict is not DynamoDbException && WriteConflict.Is(conflict))
            {
                throw new TransactionConflictException(conflict) { Positions = WriteConflict.Positions(conflict, targets) };
            }
            finally
            {
                released.Reattach();
            }

            // The connection is free by now, so writers that wait here do not keep it from others.
            await (outcome.Owed?.SettleAsync(context, cancellationToken) ?? Task.CompletedTask);
            return outcome.Written?.ConvertAll(item => item.Change);
        }
    }

    /// <summary>Runs the step before the first read, such as the claim of a ClientRequestToken.</summary>
    public Task<bool> BeginAsync(CancellationToken cancellationToken) => _actions.BeginAsync(_context, cancellationToken);

    /// <summary>Reads, decides and saves once, in the current transaction of the context.</summary>
    /// <param name="lockTimeout">
    /// The time to wait for a row that another transaction has locked; null for the setting of the session.
    /// </param>
    /// <param name="acceptChanges">Whether the context accepts the changes of its tracked entities at once.</param>
    /// <param name="cancellationToken">Cancels the attempt; the owner of the transaction then rolls it back.</param>
    /// <returns>
    /// The written items in the order of the actions; null when another writer inserted one of the items first.
    /// </returns>
    public async Task<List<WrittenItem>?> TryAsync(
        TimeSpan? lockTimeout, bool acceptChanges, CancellationToken cancellationToken)
    {
        using var tracked = new TrackedItems(_context.DbContext);
        var saves = RunningSaves.Of(_context.DbContext);
        try
        {
            var (items, versions) = await ItemRow.ReadLockedAsync(_context.DbContext, _targets, lockTimeout, cancellationToken);
            KillPoint.Reach(KillPoint.WriterLocked);
            if (!_targets.All(target => versions.Contains(target.Table.Id)))
            {
                throw ResourceNotFoundException.Requested();
            }

            (saves.Verified, saves.IsExpiry) = (versions, _actions.Actions.All(action => action.IsExpiry));
            var before = Array.ConvertAll(items, item => item?.Document);
            var after = _actions.Decide(_targets, before);
            if (_actions.ReadsOneMoment && !await StayAbsentAsync(before, cancellationToken))
            {
                return null;
            }

            var written = new List<WrittenItem>(_targets.Count);
            for (var i = 0; i < _targets.Count; i++)
            {
                written.Add(new(new(_targets[i], before[i], after[i]), tracked.Set(_targets[i], items[i], after[i])));
            }

            // Even when no item changes: a write also saves the other changes that the context tracks.
            await _context.DbContext.SaveChangesAsync(acceptChanges, cancellationToken);
            KillPoint.Reach(KillPoint.WriterSaved);
            return written;
        }
        catch (DbUpdateException lost) when (WriteConflict.IsLostRace(lost, _targets))
        {
            return null;
        }
        finally
        {
            (saves.Verified, saves.IsExpiry) = (null, false);
        }
    }

    // A statement that waits for a row does not see the items that were inserted in the meantime. The locks also order what
    // inserts of two transactions would order differently: nobody deletes an item before it has them, so nobody who has
    // inserted one waits for a deletion.
    private async Task<bool> StayAbsentAsync(AttributeMap?[] before, CancellationToken cancellationToken)
    {
        var absent = Enumerable.Range(0, _targets.Count).Where(i => before[i] is null).ToList();
        if (_targets.Count == 1 || absent.Count == 0)
        {
            return true;
        }

        try
        {
            return await ItemRow.StayAbsentAsync(
                _context.DbContext, absent.ConvertAll(i => _targets[i]), cancellationToken);
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new TransactionConflictException(held) { Positions = absent };
        }
    }
}
