using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Loses the answer to the next commits of contexts: the caller cannot know what happened.</summary>
/// <param name="committed">Whether they are committed, or rolled back.</param>
internal sealed class LostAnswers(bool committed) : DbTransactionInterceptor
{
    private int _left;

    /// <summary>Gets how many have been lost.</summary>
    public int Lost { get; private set; }

    public void Lose(int answers) => _left = answers;

    public override InterceptionResult TransactionCommitting(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            return result;
        }

        if (committed)
        {
            transaction.Commit();
        }
        else
        {
            transaction.Rollback();
        }

        throw Answer();
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            return result;
        }

        await (committed ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
        throw Answer();
    }

    private NpgsqlException Answer()
    {
        Lost++;
        return new("The connection was lost.", new IOException());
    }
}
