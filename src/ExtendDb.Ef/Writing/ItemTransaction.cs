using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>Runs a write in a transaction: the one that the context is in, or one of its own, which it begins, retries and commits.</summary>
internal sealed class ItemTransaction(OperationContext context, ItemWrite write)
{
    private const int MostRaces = 20;
    private readonly DbContext _dbContext = context.DbContext;

    /// <summary>The result of a write.</summary>
    /// <param name="Written">The written items; null when the transaction was ended before anything was read.</param>
    /// <param name="Owed">What the write owes after its commit; null for nothing, or when the caller commits.</param>
    public sealed record Outcome(List<WrittenItem>? Written, CommittedMarkers? Owed = null);

    public Task<Outcome> RunAsync(CancellationToken cancellationToken) => ContextConnection.HasTransaction(_dbContext)
        ? InCallersTransactionAsync(cancellationToken)
        : InOwnTransactionAsync(cancellationToken);

    // With a strategy that tries again, the answer to a commit can be lost and the write be done all the same. It must not be
    // done again then: a counter would be raised twice, and a condition fail because of the write itself.
    private Task<Outcome> InOwnTransactionAsync(CancellationToken cancellationToken)
    {
        var strategy = _dbContext.Database.CreateExecutionStrategy();
        if (!strategy.RetriesOnFailure)
        {
            return TryInOwnTransactionAsync(committing: null, cancellationToken);
        }

        (string Id, Outcome Outcome)? last = null;
        return strategy.ExecuteAsync(
            this,
            (_, again, token) =>
            {
                last = null;
                return again.TryInOwnTransactionAsync(
                    async outcome => last = (await CommitOutcome.ReadIdAsync(again._dbContext, token), outcome),
                    token);
            },
            async (_, again, token) =>
            {
                if (last is not { } unanswered
                    || !await CommitOutcome.HasCommittedAsync(context.Runtime, unanswered.Id, token))
                {
                    return new(successful: false, new(null));
                }

                again._dbContext.ChangeTracker.AcceptAllChanges();
                return new(successful: true, unanswered.Outcome);
            },
            cancellationToken);
    }

    private async Task<Outcome> TryInOwnTransactionAsync(Func<Outcome, Task>? committing, CancellationToken cancellationToken)
    {
        var database = _dbContext.Database;
        var savepoints = database.AutoSavepointsEnabled;
        database.AutoSavepointsEnabled = false;
        try
        {
            for (var race = 1; ; race++)
            {
                await using var transaction = await database.BeginTransactionAsync(cancellationToken);
                if (!await write.BeginAsync(cancellationToken))
                {
                    return new(null);
                }

                var lockTimeout = context.Runtime.Options.LockTimeout;
                if (await write.TryAsync(lockTimeout, acceptChanges: false, cancellationToken) is { } written)
                {
                    // Taken before the commit, so that it is settled when the connection is free.
                    var outcome = new Outcome(
                        written, context.Runtime.UncommittedSaves.Take(transaction.GetDbTransaction()));
                    await (committing?.Invoke(outcome) ?? Task.CompletedTask);

                    // Only now are the changes of all that the context tracks accepted: a commit that fails is
                    // tried again with them.
                    await transaction.CommitAsync(cancellationToken);
                    _dbContext.ChangeTracker.AcceptAllChanges();
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
    private async Task<Outcome> InCallersTransactionAsync(CancellationToken cancellationToken)
    {
        await using var held = await ContextConnection.OpenAsync(_dbContext, cancellationToken);
        if (!await write.BeginAsync(cancellationToken))
        {
            return new(null);
        }

        for (var race = 1; ; race++)
        {
            var written = await (_dbContext.Database.CurrentTransaction is null
                ? TryInAmbientTransactionAsync(held.Connection, cancellationToken)
                : write.TryAsync(lockTimeout: null, acceptChanges: true, cancellationToken));
            if (written is not null)
            {
                return new(written);
            }

            GiveUpAfter(race);
        }
    }

    private async Task<List<WrittenItem>?> TryInAmbientTransactionAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await Savepoint.UndoFailedAsync(
                connection,
                async token => await write.TryAsync(lockTimeout: null, acceptChanges: true, token) ?? throw new LostRaceException(),
                cancellationToken);
        }
        catch (LostRaceException)
        {
            return null;
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

    /// <summary>Another writer was the first to insert an item.</summary>
    private sealed class LostRaceException : Exception;
}
