using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// Runs a write in the transaction of the context, or begins, retries and commits a transaction of its own.
/// </summary>
internal sealed class ItemTransaction(OperationContext context, ItemWrite write)
{
    private const int MostRaces = 20;
    private readonly DbContext _dbContext = context.DbContext;

    /// <summary>The result of a write.</summary>
    /// <param name="Written">The written items; null when the transaction ended before the first read.</param>
    /// <param name="Owed">The work after the commit; null when there is none, or when the caller commits.</param>
    public sealed record Outcome(List<WrittenItem>? Written, CommittedMarkers? Owed = null);

    public Task<Outcome> RunAsync(CancellationToken cancellationToken) => ContextConnection.HasTransaction(_dbContext)
        ? InCallersTransactionAsync(cancellationToken)
        : InOwnTransactionAsync(cancellationToken);

    // A retrying strategy repeats a transaction when the answer to its COMMIT was lost, although it may have committed.
    // A repetition would then increment a counter twice, or fail its condition because of the write itself.
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
            (_, self, token) =>
            {
                last = null;
                return self.TryInOwnTransactionAsync(
                    async outcome => last = (await CommitOutcome.ReadIdAsync(self._dbContext, token), outcome),
                    token);
            },
            async (_, self, token) =>
            {
                if (last is not { } unanswered
                    || !await CommitOutcome.HasCommittedAsync(context.Runtime, unanswered.Id, token))
                {
                    return new(successful: false, new(null));
                }

                self._dbContext.ChangeTracker.AcceptAllChanges();
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

                if (await TryAsync(cancellationToken) is { } written)
                {
                    // EF's hook would settle the work while the connection is in use; the caller settles it once the
                    // connection is free.
                    var outcome = new Outcome(
                        written, context.Runtime.UncommittedSaves.Take(transaction.GetDbTransaction()));
                    await (committing?.Invoke(outcome) ?? Task.CompletedTask);

                    // The changes that the context tracks are accepted only after the commit: a retry after a failed
                    // commit must save them again.
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

    // The victim of a deadlock holds nothing any more, so it can begin again like the loser of a race.
    private async Task<List<WrittenItem>?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await write.TryAsync(context.Runtime.Options.LockTimeout, acceptChanges: false, cancellationToken);
        }
        catch (Exception deadlock) when (WriteConflict.IsDeadlock(deadlock))
        {
            return null;
        }
    }

    // A save in the caller's transaction has a savepoint of its own, so a lost race undoes only that save. In an
    // ambient transaction EF sets no savepoint, so TryInAmbientTransactionAsync sets one.
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

    // A caller's snapshot that is older than the commit of the other writer never shows the item of that writer.
    private static void GiveUpAfter(int races)
    {
        if (races == MostRaces)
        {
            throw new TransactionConflictException();
        }
    }

    /// <summary>Another writer inserted an item first.</summary>
    private sealed class LostRaceException : Exception;
}
