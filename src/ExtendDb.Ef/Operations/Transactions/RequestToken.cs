using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>A ClientRequestToken: who takes it first does the transaction, who brings it again within ten minutes does not.</summary>
/// <param name="token">The token.</param>
/// <param name="requestHash">What tells the request apart from others.</param>
/// <param name="lockTimeout">How long to wait for another copy of the request; null for what is set.</param>
internal sealed class RequestToken(string token, byte[] requestHash, TimeSpan? lockTimeout)
{
    /// <summary>Takes the token in the transaction of a context, so that it is taken only if the transaction is done.</summary>
    /// <returns>False when the same request has been done already.</returns>
    /// <exception cref="IdempotentParameterMismatchException">Another request has the token.</exception>
    /// <remarks>Two copies that arrive at once meet at the token's row: the second waits for the outcome of the first.</remarks>
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
