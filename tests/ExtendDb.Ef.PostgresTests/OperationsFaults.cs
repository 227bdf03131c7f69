using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>Breaks the first commands, and the first commits, of the contexts it is added to, as a lost connection does.</summary>
internal sealed class OperationsFaults : DbCommandInterceptor, IDbTransactionInterceptor
{
    private int _commands;
    private int _commits;

    public int CommandsToBreak { get => _commands; set => _commands = value; }

    public int CommitsToBreak { get => _commits; set => _commits = value; }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Interlocked.Decrement(ref _commands) >= 0 ? throw Lost() : result;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) =>
        Interlocked.Decrement(ref _commands) >= 0 ? throw Lost() : ValueTask.FromResult(result);

    public InterceptionResult TransactionCommitting(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) =>
        Interlocked.Decrement(ref _commits) >= 0 ? throw Lost() : result;

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default) =>
        Interlocked.Decrement(ref _commits) >= 0 ? throw Lost() : ValueTask.FromResult(result);

    private static NpgsqlException Lost() => new("The connection was lost.", new IOException());
}
