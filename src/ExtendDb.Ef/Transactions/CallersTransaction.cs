using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExtendDb.Ef.Transactions;

/// <summary>Undoes a part of the transaction that a caller began, who goes on with it; without one there is nothing to undo.</summary>
internal static class CallersTransaction
{
    private const string Savepoint = "extenddb_transact";

    /// <summary>Does something, and undoes it when it fails.</summary>
    public static async Task<T> UndoFailedAsync<T>(
        DbContext context, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        if (context.Database.CurrentTransaction is not { } transaction)
        {
            return await run(cancellationToken);
        }

        await transaction.CreateSavepointAsync(Savepoint, cancellationToken);
        try
        {
            var result = await run(cancellationToken);
            await transaction.ReleaseSavepointAsync(Savepoint, cancellationToken);
            return result;
        }
        catch when (context.Database.GetDbConnection().State == ConnectionState.Open)
        {
            await UndoAsync(transaction);
            throw;
        }
    }

    /// <summary>Does something, and undoes it in any case.</summary>
    public static async Task<T> UndoAsync<T>(
        DbContext context, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        var transaction = context.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Savepoint, cancellationToken);
        try
        {
            return await run(cancellationToken);
        }
        finally
        {
            await UndoAsync(transaction);
        }
    }

    // Also when the caller has given up: what was done so far must not be committed.
    private static async Task UndoAsync(IDbContextTransaction transaction)
    {
        await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
        await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
    }
}
