using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Runtime;

/// <summary>
/// The connection of an operation: that of its context, or another one when the context is in a transaction or the
/// operation needs none.
/// </summary>
internal sealed class OperationConnection : IAsyncDisposable
{
    private readonly ContextConnection? _own;

    private OperationConnection(NpgsqlConnection connection, ContextConnection? own)
    {
        Connection = connection;
        _own = own;
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>Opens the connection of an operation on items: that of its context, or one of the pool.</summary>
    public static async Task<OperationConnection> OpenAsync(OperationContext context, CancellationToken cancellationToken) =>
        context.Direct is { } direct
            ? new(await direct.Source.OpenConnectionAsync(cancellationToken), own: null)
            : await OpenOwnAsync(context.DbContext, cancellationToken);

    /// <summary>Opens a connection that is in no transaction.</summary>
    /// <remarks>
    /// While the context is in a transaction, the connection is not the context's. When both come from one pool, many
    /// such callers at a time can exhaust it.
    /// </remarks>
    public static async Task<OperationConnection> OpenOutsideAsync(OperationContext context, CancellationToken cancellationToken) =>
        ContextConnection.HasTransaction(context.DbContext)
            ? new(await context.Runtime.Connections.OpenAsync(cancellationToken), own: null)
            : await OpenOwnAsync(context.DbContext, cancellationToken);

    /// <summary>Opens a connection that reads committed definitions.</summary>
    /// <remarks>
    /// While the context is in a transaction, the connection is not the context's, so that it sees only committed
    /// changes. When both come from one pool, it is the context's, because the holder of a connection must not wait for
    /// another one.
    /// </remarks>
    public static async Task<OperationConnection> OpenToReadAsync(OperationContext context, CancellationToken cancellationToken) =>
        context.Runtime.Connections.AreApart
            ? await OpenOutsideAsync(context, cancellationToken)
            : await OpenOwnAsync(context.DbContext, cancellationToken);

    /// <summary>Creates a context on the connection; it saves definitions, and enqueues no markers.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.Warned)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Trimming.Warned)]
    public ExtendDbContext CreateContext() =>
        new(new DbContextOptionsBuilder<ExtendDbContext>().UseNpgsql(Connection).Options);

    public async ValueTask DisposeAsync()
    {
        if (_own is { } own)
        {
            await own.DisposeAsync();
        }
        else
        {
            await Connection.DisposeAsync();
        }
    }

    private static async Task<OperationConnection> OpenOwnAsync(DbContext context, CancellationToken cancellationToken)
    {
        var own = await ContextConnection.OpenAsync(context, cancellationToken);
        return new(own.Connection, own);
    }
}
