using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// Writes the items of a batch directly: the puts in one statement and the deletions in another, each in a transaction of its
/// own.
/// </summary>
/// <remarks>
/// Each statement locks its items in the order of their keys, so that two batches never wait for each other; one statement of
/// both kinds would lock in two orders. Where <see cref="DirectWrite"/> is possible, but not for tables with local indexes, because
/// a statement that waits for an item does not see the entries that were written meanwhile, nor for tables with a stream.
/// </remarks>
internal static class DirectBatch
{
    /// <summary>Writes the items.</summary>
    /// <returns>
    /// The actions whose items another transaction held too long, which were not done; null when the locked way has to be taken,
    /// and nothing was written.
    /// </returns>
    /// <exception cref="ResourceNotFoundException">A table does not exist.</exception>
    /// <exception cref="ProvisionedThroughputExceededException">
    /// The global indexes of a table lag too far; nothing was written.
    /// </exception>
    public static async Task<IReadOnlyList<ItemAction>?> TryAsync(
        OperationContext context, ItemActions actions, CancellationToken cancellationToken)
    {
        if (!DirectAccess.IsPossible(context))
        {
            return null;
        }

        var targets = await actions.LocateAsync(context, cancellationToken);
        if (!targets.All(IsPossible))
        {
            return null;
        }

        await context.Runtime.Backpressure.AdmitAsync(
            targets.Select(target => target.Table).Distinct(), context.HoldsConnection, cancellationToken);
        var held = new List<ItemAction>();
        foreach (var kind in actions.Actions.Zip(targets, Write.Of).ToLookup(write => write.Action.IsRemoval))
        {
            try
            {
                await RunAsync(context, [.. kind], kind.Key ? TryRemoveAsync : TryPutAsync, cancellationToken);
            }
            catch (Exception conflict) when (conflict is TransactionConflictException || WriteConflict.Is(conflict))
            {
                held.AddRange(kind.Select(write => write.Action));
            }
        }

        return held;
    }

    private static async Task RunAsync(
        OperationContext context,
        IReadOnlyList<Write> writes,
        Func<OperationContext, IReadOnlyList<Write>, CancellationToken, Task<bool>> tryAsync,
        CancellationToken cancellationToken)
    {
        var actions = new ItemActions([.. writes.Select(write => write.Action)]);
        try
        {
            for (var attempt = 1; writes.All(write => IsPossible(write.Target)); attempt++)
            {
                var sorted = writes.OrderBy(write => write.Target.Table.Id).ThenBy(write => write.Target.Key).ToList();
                if (await tryAsync(context, sorted, cancellationToken))
                {
                    return;
                }

                if (attempt == DirectWrite.MostDefinitions)
                {
                    break;
                }

                context.Runtime.Definitions.Forget();
                writes = [.. actions.Actions.Zip(await actions.LocateAsync(context, cancellationToken), Write.Of)];
            }
        }
        catch (PostgresException deadlock) when (WriteConflict.IsDeadlock(deadlock))
        {
            // With a transaction that locks in another order. The victim holds nothing any more, so it can begin again.
        }

        await ItemWrite.RunAsync(context, actions, cancellationToken);
    }

    /// <summary>Puts items; returns false when a definition is stale, and nothing was written.</summary>
    private static async Task<bool> TryPutAsync(
        OperationContext context, IReadOnlyList<Write> writes, CancellationToken cancellationToken)
    {
        // An item is read first where what was stored can make a marker superfluous.
        var read = writes.Where(write => !Markers.AreNeverSuperfluous(write.Target.Table, write.Target.Asked)).ToList();
        var before = read.Zip(await ReadAsync(context, read, cancellationToken))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        var changed = writes
            .Where(write => !before.TryGetValue(write, out var stored) || !write.Target.Asked.Equals(stored?.Document))
            .ToList();
        if (changed.Count == 0)
        {
            return true;
        }

        var puts = changed.ConvertAll(write => new DirectBatchStatement.Put(
            write.Target, before.ContainsKey(write), before.GetValueOrDefault(write)));

        if (await DirectBatchStatement.PutAsync(context, puts, cancellationToken) is not { } written)
        {
            return false;
        }

        await SettleAsync(context, written, cancellationToken);

        // An equal item is stored, or one of another key, which the read refuses.
        await ReadAsync(context, Except(changed, written), cancellationToken);
        return true;
    }

    /// <summary>Deletes items; returns false when a definition is stale, and nothing was deleted.</summary>
    private static async Task<bool> TryRemoveAsync(
        OperationContext context, IReadOnlyList<Write> writes, CancellationToken cancellationToken)
    {
        var targets = writes.Select(write => write.Target).ToList();
        if (await DirectBatchStatement.RemoveAsync(context, targets, cancellationToken) is not { } deleted)
        {
            return false;
        }

        await SettleAsync(context, deleted, cancellationToken);

        // Absent, or written by another transaction while the statement waited for it.
        var left = Except(writes, deleted);
        foreach (var (write, stored) in left.Zip(await ReadAsync(context, left, cancellationToken)))
        {
            if (stored is not null)
            {
                await ItemWrite.RunAsync(context, write.Action, cancellationToken);
            }
        }

        return true;
    }

    private static bool IsPossible(ItemTarget target) =>
        target.Table is { LocalIndexes.Count: 0, Stream: null };

    private static async Task<Item?[]> ReadAsync(
        OperationContext context, IReadOnlyList<Write> writes, CancellationToken cancellationToken) => writes.Count == 0
        ? []
        : await ItemRow.ReadAsync(context, [.. writes.Select(write => write.Target)], long.MaxValue, cancellationToken);

    private static List<Write> Except(IReadOnlyList<Write> writes, List<DirectBatchStatement.Written> written)
    {
        var done = written.Select(of => of.Target).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. writes.Where(write => !done.Contains(write.Target))];
    }

    private static Task SettleAsync(
        OperationContext context, List<DirectBatchStatement.Written> written, CancellationToken cancellationToken) => written.Count == 0
        ? Task.CompletedTask
        : DirectWrite.SettleAsync(
            context,
            WriteWay.Batch,
            [.. written.Select(of => of.Target.Table)],
            [.. written.SelectMany(of => Markers.Of(of.Target.Table, of.Target.Key, of.Refreshed, of.At))],
            cancellationToken);

    private sealed class Write(ItemAction action, ItemTarget target)
    {
        public ItemAction Action => action;

        public ItemTarget Target => target;

        public static Write Of(ItemAction action, ItemTarget target) => new(action, target);
    }
}
