using System.Data.Common;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.Propagation;

/// <summary>Wakes the worker once a transaction that saved markers has committed, and forgets them when it has not.</summary>
internal sealed class CommitInterceptor : DbTransactionInterceptor
{
    private CommitInterceptor()
    {
    }

    public static CommitInterceptor Instance { get; } = new();

    public override InterceptionResult TransactionCommitting(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        // In a transaction of the save's own; of another one the save has ended before, and has looked then.
        if (eventData.Context is { } context)
        {
            LateIndexes.Enqueue(context);
        }

        return result;
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context)
        {
            await LateIndexes.EnqueueAsync(context, cancellationToken);
        }

        return result;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (eventData.Context is { } context && UncommittedMarkers.Take(context) is { } committed)
        {
            committed.AfterCommit(ExtendDbRuntime.Of(context));
        }
    }

    public override async Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && UncommittedMarkers.Take(context) is { } committed)
        {
            await committed.AfterCommitAsync(context, cancellationToken);
        }
    }

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) =>
        Forget(eventData);

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData);
        return Task.CompletedTask;
    }

    public override void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) =>
        Forget(eventData);

    public override Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData);
        return Task.CompletedTask;
    }

    private static void Forget(TransactionEventData eventData)
    {
        if (eventData.Context is { } context)
        {
            UncommittedMarkers.Take(context);
        }
    }
}
