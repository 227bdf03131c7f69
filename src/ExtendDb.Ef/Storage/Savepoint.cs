using System.Data;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Storage;

/// <summary>Undoes a part of the transaction that a caller began and goes on with, also of an ambient one.</summary>
internal static class Savepoint
{
    /// <summary>Does something in a transaction, and undoes it when it fails.</summary>
    public static async Task<T> UndoFailedAsync<T>(
        NpgsqlConnection connection, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, cancellationToken, Statements.SavepointSet);
        try
        {
            var result = await run(cancellationToken);
            await ExecuteAsync(connection, cancellationToken, Statements.SavepointRelease);
            return result;
        }
        catch when (connection.State == ConnectionState.Open)
        {
            await UndoAsync(connection);
            throw;
        }
    }

    /// <summary>Does something in a transaction, and undoes it in any case.</summary>
    public static async Task<T> UndoAsync<T>(
        NpgsqlConnection connection, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, cancellationToken, Statements.SavepointSet);
        try
        {
            return await run(cancellationToken);
        }
        finally
        {
            await UndoAsync(connection);
        }
    }

    // Also when the caller has given up: what was done so far must not be committed.
    private static Task UndoAsync(NpgsqlConnection connection) =>
        ExecuteAsync(connection, CancellationToken.None, Statements.SavepointUndo, Statements.SavepointRelease);

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken, params string[] statements)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
