using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>Writes single items without a transaction around the statements and without EF's pipeline.</summary>
/// <remarks>
/// Half the price of <see cref="ItemWrite"/>, which takes over after the first lost race, so that writers of one hot item
/// wait for its lock instead of racing. Only for contexts of the library's own, with nobody else's interceptors: a
/// context of the user's sees every command. A retrying strategy would repeat a statement whose answer was lost. Not for tables
/// that have both a stream and local indexes.
/// </remarks>
internal static class DirectWrite
{
    /// <summary>How often a write is made anew by new definitions, which change seldom.</summary>
    public const int MostDefinitions = 3;

    /// <summary>Writes one item.</summary>
    /// <returns>The change; null when the locked way has to be taken, and nothing was written.</returns>
    /// <exception cref="ResourceNotFoundException">The table does not exist.</exception>
    /// <exception cref="TransactionConflictException">Another transaction held the item for LockTimeout.</exception>
    /// <exception cref="ProvisionedThroughputExceededException">
    /// The global indexes of the table lag too far.
    /// </exception>
    public static async Task<ItemChange?> TryAsync(
        OperationContext context, ItemAction action, CancellationToken cancellationToken)
    {
        if (!DirectAccess.IsPossible(context))
        {
            return null;
        }

        var isAdmitted = false;
        for (var attempt = 1; attempt <= MostDefinitions; attempt++)
        {
            var target = action.Locate(await context.TableAsync(action.TableName, cancellationToken));
            if (target.Table is { Stream: not null, LocalIndexes.Count: > 0 })
            {
                return null;
            }

            if (!isAdmitted)
            {
                await context.Runtime.Backpressure.AdmitAsync(
                    [target.Table], context.HoldsConnection, cancellationToken);
                isAdmitted = true;
            }

            try
            {
                if (await TryAsync(context, action, target, cancellationToken) is { IsStale: false } outcome)
                {
                    return outcome.Change;
                }
            }
            catch (PostgresException conflict) when (WriteConflict.Is(conflict))
            {
                throw new TransactionConflictException(conflict);
            }

            context.Runtime.Definitions.Forget();
        }

        return null;
    }

    /// <summary>Does the work after a statement that has written items and committed.</summary>
    /// <param name="tables">The tables of the written items, one for each item.</param>
    /// <param name="markers">The markers of the written items.</param>
    public static async Task SettleAsync(
        OperationContext context,
        WriteWay way,
        IReadOnlyCollection<TableDefinition> tables,
        IReadOnlyList<Marker> markers,
        CancellationToken cancellationToken)
    {
        KillPoint.Reach(KillPoint.WriterSaved);
        ItemMetrics.Written(context.Runtime.Name, way, tables.Count);
        if (markers.Count > 0)
        {
            await new CommittedMarkers(context.Runtime, tables, markers).SettleAsync(context, cancellationToken);
        }
    }

    private static async Task<Outcome> TryAsync(
        OperationContext context, ItemAction action, ItemTarget target, CancellationToken cancellationToken)
    {
        if (action.IsBlind
            && target.Table.LocalIndexes.Count == 0
            && (action.IsRemoval || Markers.AreNeverSuperfluous(target.Table, action.Asked)))
        {
            var after = action.IsRemoval ? null : action.Asked;
            var blind = await (target.Table.Stream is { } written
                ? DirectStatement.WriteRecordedAsync(
                    context, target, written, ItemBefore.Unknown, stored: null, after, action.IsExpiry, cancellationToken)
                : action.IsRemoval ? DirectStatement.RemoveAsync(context, target, cancellationToken)
                : DirectStatement.PutAsync(context, target, action.Asked, cancellationToken));
            if (blind.IsStale || blind.Markers is not null)
            {
                return await EndAsync(context, blind, new(target, Before: null, after), WriteWay.OneStatement, cancellationToken);
            }

            // An equal item is stored, or one of another key, or none to be removed: the read tells.
        }

        var (isStale, stored) = await ItemRow.ReadDefinedAsync(context, target, cancellationToken);
        KillPoint.Reach(KillPoint.WriterLocked);
        if (isStale)
        {
            return new(IsStale: true, Change: null);
        }

        var change = new ItemChange(target, stored?.Document, action.Decide(target.Table, stored?.Document));
        return Equals(change.Before, change.After)
            ? new(IsStale: false, change)
            : await EndAsync(
                context,
                await (target.Table.Stream is { } stream
                    ? DirectStatement.WriteRecordedAsync(
                        context, target, stream, ItemBefore.Of(stored), stored, change.After, action.IsExpiry, cancellationToken)
                    : DirectStatement.ReplaceAsync(context, target, stored, change.After, cancellationToken)),
                change,
                WriteWay.Optimistic,
                cancellationToken);
    }

    private static async Task<Outcome> EndAsync(
        OperationContext context,
        DirectStatement.Result result,
        ItemChange change,
        WriteWay way,
        CancellationToken cancellationToken)
    {
        if (result.Markers is not { } markers)
        {
            return new(result.IsStale, Change: null);
        }

        await SettleAsync(context, way, [change.Target.Table], markers, cancellationToken);
        return new(IsStale: false, change);
    }

    /// <summary>The outcome of an attempt.</summary>
    /// <param name="IsStale">Whether the table has another definition by now; then nothing was written.</param>
    /// <param name="Change">The change; null when another writer was first, or the definition is stale.</param>
    private sealed record Outcome(bool IsStale, ItemChange? Change);
}
