using System.Data.Common;
using ExtendDb.Ef.Catalog;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.Propagation;

/// <summary>Wakes the worker once a transaction that saved markers has committed, and forgets them when it has not.</summary>
internal sealed class CommitInterceptor : DbTransactionInterceptor
{
    private CommitInterceptor()
    {
    }

    public static CommitInterceptor Instance { get; } = new();

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (eventData.Context is { } context && UncommittedMarkers.Take(context) is { } committed)
        {
            committed.AfterCommit(LocalDatabase.Of(context));
        }
    }

    public override async Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && UncommittedMarkers.Take(context) is { } committed)
        {
            await committed.AfterCommitAsync(LocalDatabase.Of(context), cancellationToken);
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
