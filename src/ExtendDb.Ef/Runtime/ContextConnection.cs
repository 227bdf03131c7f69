using System.Data;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Runtime;

/// <summary>The open connection of a context, in the context's transaction if it has one.</summary>
/// <remarks>Disposing it closes the connection if it was closed before.</remarks>
internal readonly struct ContextConnection : IDisposable, IAsyncDisposable
{
    private readonly DbContext _context;

    private ContextConnection(DbContext context) => _context = context;

    public NpgsqlConnection Connection => (NpgsqlConnection)_context.Database.GetDbConnection();

    /// <summary>Opens the connection of a context if it is closed.</summary>
    public static async Task<ContextConnection> OpenAsync(DbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        return new(context);
    }

    /// <summary>Opens the connection like <see cref="OpenAsync"/>, for the hooks that EF calls synchronously.</summary>
    public static ContextConnection Open(DbContext context)
    {
        context.Database.OpenConnection();
        return new(context);
    }

    /// <summary>
    /// Returns whether writes of a context take part in a transaction: its own, a given one, or one that it is enlisted
    /// in.
    /// </summary>
    /// <remarks>
    /// An ambient transaction counts only when the connection is enlisted in it; with <c>Enlist=false</c> it is not.
    /// </remarks>
    public static bool HasTransaction(DbContext context) =>
        context.Database.CurrentTransaction is not null || EnlistedTransaction(context) is not null;

    /// <summary>
    /// Returns the System.Transactions transaction that a context's connection is enlisted in; null when there is none.
    /// </summary>
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
