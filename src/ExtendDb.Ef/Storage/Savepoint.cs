using System.Data;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Storage;

/// <summary>
/// Rolls a part of the caller's transaction back, explicit or ambient, so that the caller can go on with the rest.
/// </summary>
internal static class Savepoint
{
    /// <summary>Runs an action in a transaction, and rolls its changes back when it fails.</summary>
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

    /// <summary>Runs an action in a transaction, and always rolls its changes back.</summary>
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

    // Runs after a cancellation too: a part of the action must not be committed.
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
