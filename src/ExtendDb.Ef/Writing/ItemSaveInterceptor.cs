using System.Data.Common;
using System.Transactions;
using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExtendDb.Ef.Writing;

/// <summary>Adds the markers of global indexes and the entries of local indexes to every save of items.</summary>
/// <remarks>
/// The interceptor keeps no state: an <see cref="ItemSave"/> represents a save, and <see cref="ItemSaveExecutor"/> runs
/// its statements. A synchronous save enqueues like an asynchronous one, but backpressure neither delays nor refuses a
/// synchronous save.
/// </remarks>
internal sealed class ItemSaveInterceptor : ISaveChangesInterceptor, IDbTransactionInterceptor
{
    private ItemSaveInterceptor()
    {
    }

    public static ItemSaveInterceptor Instance { get; } = new();

    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var context = eventData.Context!;
        var saves = RunningSaves.Of(context);
        saves.DropUnsaved();
        var items = SavedItems.Of(context);
        if (items.Count == 0 || result.HasResult)
        {
            saves.Begin(null);
            return result;
        }

        var runtime = ExtendDbRuntime.Of(context);
        var definitions = runtime.Definitions.GetFor(context, items.Keys.Select(item => item.Table));
        saves.Begin(ItemSave.Begin(context, runtime, definitions, items));
        return result;
    }

    public async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        var saves = RunningSaves.Of(context);
        saves.DropUnsaved();
        var items = SavedItems.Of(context);
        if (items.Count == 0 || result.HasResult)
        {
            saves.Begin(null);
            return result;
        }

        var runtime = ExtendDbRuntime.Of(context);
        var ids = items.Keys.Select(item => item.Table).Distinct().ToList();
        var definitions = await runtime.Definitions.GetForAsync(context, ids, cancellationToken);
        var tables = ids.Select(definitions.Find).OfType<TableDefinition>();
        await runtime.Backpressure.AdmitAsync(tables, ContextConnection.IsHeld(context), cancellationToken);
        saves.Begin(ItemSave.Begin(context, runtime, definitions, items));
        return result;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        var context = eventData.Context!;
        DeferToCommit(context, RunningSaves.Of(context).End()?.End())?.Settle();
        return result;
    }

    public async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        if (DeferToCommit(context, RunningSaves.Of(context).End()?.End()) is { } owed)
        {
            await owed.SettleAsync(context, cancellationToken);
        }

        return result;
    }

    public void SaveChangesFailed(DbContextErrorEventData eventData) => EndFailed(eventData.Context!);

    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        EndFailedAsync(eventData.Context!, cancellationToken);

    public void SaveChangesCanceled(DbContextEventData eventData) => EndFailed(eventData.Context!);

    public Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) =>
        EndFailedAsync(eventData.Context!, cancellationToken);

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        // Npgsql reuses the transaction object. If the last transaction ended without EF's knowledge, its saves are
        // discarded.
        Take(result, eventData);
        return result;
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection,
        TransactionEndEventData eventData,
        DbTransaction result,
        CancellationToken cancellationToken = default)
    {
        Take(result, eventData);
        return new(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Take(transaction, eventData)?.Settle();

    public async Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (Take(transaction, eventData) is { } owed)
        {
            await owed.SettleAsync(eventData.Context!, cancellationToken);
            await KeepFromReuseAsync(transaction, eventData.Context!);
        }
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) =>
        Take(transaction, eventData);

    public Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Take(transaction, eventData);
        return Task.CompletedTask;
    }

    public void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) =>
        Take(transaction, eventData);

    public Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Take(transaction, eventData);
        return Task.CompletedTask;
    }

    // Npgsql has one transaction object a connection, which it uses again once it is disposed. The work after the commit
    // disposes it; EF disposes it once more when the connection is back in its pool, and would roll back the transaction of
    // whoever uses it by then. A transaction that is not disposed is let go when its connection closes.
    private static async Task KeepFromReuseAsync(DbTransaction transaction, DbContext context)
    {
        try
        {
            _ = transaction.Connection;
        }
        catch (ObjectDisposedException)
        {
            try
            {
                var undisposed = await context.Database.GetDbConnection().BeginTransactionAsync(CancellationToken.None);
                await undisposed.CommitAsync(CancellationToken.None);
            }
            catch (DbException broken)
            {
                // A broken connection does not go back to its pool.
                ExtendDbRuntime.Of(context).PostCommitFailures.Add(broken);
            }
        }
    }

    private static CommittedMarkers? Take(DbTransaction transaction, TransactionEventData eventData) =>
        eventData.Context is { } context ? ExtendDbRuntime.Of(context).UncommittedSaves.Take(transaction) : null;

    // The save may have failed in an interceptor after its commit. Then its markers must be settled all the same.
    private static void EndFailed(DbContext context) =>
        DeferToCommit(context, RunningSaves.Of(context).End()?.End())?.Wake();

    private static async Task EndFailedAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (DeferToCommit(context, RunningSaves.Of(context).End()?.End()) is { } owed)
        {
            await owed.SettleAsync(context, cancellationToken);
        }
    }

    /// <summary>Keeps the work of a save until the commit of the open transaction that the save belongs to.</summary>
    /// <returns>
    /// The work to do now, because the save has committed by itself; null when there is none, or a transaction is open.
    /// </returns>
    private static CommittedMarkers? DeferToCommit(DbContext context, CommittedMarkers? owed)
    {
        if (owed is null)
        {
            return null;
        }

        if (context.Database.CurrentTransaction is { } transaction)
        {
            ExtendDbRuntime.Of(context).UncommittedSaves.Add(transaction.GetDbTransaction(), owed);
            return null;
        }

        if (ContextConnection.EnlistedTransaction(context) is { } ambient)
        {
            ambient.TransactionCompleted += (_, end) =>
            {
                if (end.Transaction?.TransactionInformation.Status == TransactionStatus.Committed)
                {
                    owed.Wake();
                }
            };
            return null;
        }

        return owed;
    }
}
