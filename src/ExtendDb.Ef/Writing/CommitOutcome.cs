using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// Finds out whether a transaction has committed after the answer to its COMMIT was lost, so that the write is not
/// repeated.
/// </summary>
internal static class CommitOutcome
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads the PostgreSQL id of a context's current transaction.</summary>
    public static async Task<string> ReadIdAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            Statements.TransactionId, (NpgsqlConnection)context.Database.GetDbConnection());
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Returns whether a transaction has committed; waits while the server still runs the transaction.
    /// </summary>
    public static async Task<bool> HasCommittedAsync(
        ExtendDbRuntime runtime, string transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Statements.TransactionStatus, connection)
            {
                Parameters = { new() { Value = transaction } },
            };
            try
            {
                var status = await command.ExecuteScalarAsync(cancellationToken) as string;
                if (status != "in progress")
                {
                    return status == "committed";
                }
            }
            catch (PostgresException unknown) when (unknown.SqlState == PostgresErrorCodes.InvalidParameterValue)
            {
                // After a fail-over, the new server does not know the id of a transaction that was lost.
                return false;
            }

            await Task.Delay(BetweenLooks, runtime.Time, cancellationToken);
        }
    }
}
