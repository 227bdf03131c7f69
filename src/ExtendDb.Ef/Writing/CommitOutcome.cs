using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>Finds out how a transaction ended whose commit was not answered, so that it is not done twice.</summary>
internal static class CommitOutcome
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns the id of a context's transaction.</summary>
    public static async Task<string> ReadIdAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            Statements.TransactionId, (NpgsqlConnection)context.Database.GetDbConnection());
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Tells whether a transaction has committed, waiting for the server to end it.</summary>
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
                // Another server has taken over, and the transaction was lost on the way to it.
                return false;
            }

            await Task.Delay(BetweenLooks, runtime.Time, cancellationToken);
        }
    }
}
