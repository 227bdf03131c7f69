using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>
/// A ClientRequestToken: within ten minutes, the first request with a token is executed, and a repetition of the
/// request is not.
/// </summary>
/// <param name="token">The token.</param>
/// <param name="requestHash">The hash of the request, by which another request with the same token is refused.</param>
/// <param name="lockTimeout">
/// The time to wait for a concurrent request with the same token; null for the setting of the session.
/// </param>
internal sealed class RequestToken(string token, byte[] requestHash, TimeSpan? lockTimeout)
{
    /// <summary>
    /// Claims the token in the transaction of a context; the claim is rolled back with the transaction.
    /// </summary>
    /// <returns>False when the same request has been executed before.</returns>
    /// <exception cref="IdempotentParameterMismatchException">Another request has claimed the token.</exception>
    /// <exception cref="TransactionInProgressException">A concurrent request holds the token for too long.</exception>
    /// <remarks>
    /// Of two concurrent requests, the second waits at the row of the token for the outcome of the first.
    /// </remarks>
    public async Task<bool> ClaimAsync(DbContext context, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction();
        try
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add(new(Statements.TransactionTokensForget));
            if (lockTimeout is { } timeout)
            {
                batch.BatchCommands.Add(LockTimeout.SetLocal(timeout));
            }

            batch.BatchCommands.Add(new(Statements.TransactionTokensClaim)
            {
                Parameters = { new() { Value = token }, new() { Value = requestHash } },
            });
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            if (lockTimeout is not null)
            {
                await reader.NextResultAsync(cancellationToken);
            }

            if (await reader.ReadAsync(cancellationToken))
            {
                return true;
            }
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new TransactionInProgressException(held);
        }

        await using var read = new NpgsqlCommand(Statements.TransactionTokensRead, connection, transaction)
        {
            Parameters = { new() { Value = token } },
        };
        return await read.ExecuteScalarAsync(cancellationToken) is byte[] theirs && theirs.AsSpan().SequenceEqual(requestHash)
            ? false
            : throw new IdempotentParameterMismatchException();
    }
}
