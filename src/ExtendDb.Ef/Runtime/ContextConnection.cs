using System.Data;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Runtime;

/// <summary>The connection of a context, opened if it was closed, and in the context's transaction if it has one.</summary>
/// <remarks>Disposing it closes what it has opened.</remarks>
internal readonly struct ContextConnection : IDisposable, IAsyncDisposable
{
    private readonly DbContext _context;

    private ContextConnection(DbContext context) => _context = context;

    /// <summary>Gets the open connection.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)_context.Database.GetDbConnection();

    /// <summary>Opens the connection of a context.</summary>
    public static async Task<ContextConnection> OpenAsync(DbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        return new(context);
    }

    /// <summary>As <see cref="OpenAsync"/>, for the hooks that EF calls synchronously.</summary>
    public static ContextConnection Open(DbContext context)
    {
        context.Database.OpenConnection();
        return new(context);
    }

    /// <summary>Returns whether what a context writes takes part in a transaction: one that it began or was given, or one it is enlisted in.</summary>
    /// <remarks>
    /// An ambient transaction counts only where the connection takes part in it: with <c>Enlist=false</c> it does not.
    /// </remarks>
    public static bool HasTransaction(DbContext context) =>
        context.Database.CurrentTransaction is not null || EnlistedTransaction(context) is not null;

    /// <summary>Returns the transaction of System.Transactions that a context's connection takes part in; null when it does not.</summary>
    public static Transaction? EnlistedTransaction(DbContext context) =>
        context.GetService<IRelationalConnection>() is ITransactionEnlistmentManager enlistment
            ? enlistment.EnlistedTransaction ?? enlistment.CurrentAmbientTransaction
            : null;

    /// <summary>Returns whether a context holds a connection, so that it must not wait for another one.</summary>
    public static bool IsHeld(DbContext context) =>
        HasTransaction(context) || context.Database.GetDbConnection().State == ConnectionState.Open;

    public void Dispose() => _context.Database.CloseConnection();

    public async ValueTask DisposeAsync() => await _context.Database.CloseConnectionAsync();
}
