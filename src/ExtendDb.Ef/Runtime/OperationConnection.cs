using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Runtime;

/// <summary>The connection of an operation on definitions: that of its context, unless the context is in a transaction.</summary>
internal sealed class OperationConnection : IAsyncDisposable
{
    private readonly ContextConnection? _own;

    private OperationConnection(NpgsqlConnection connection, ContextConnection? own)
    {
        Connection = connection;
        _own = own;
    }

    /// <summary>Gets the open connection.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Opens a connection that is in no transaction.</summary>
    /// <remarks>
    /// In a transaction of the caller's it is another one than the context's. Where both come from one pool, many such callers
    /// at a time can use it up.
    /// </remarks>
    public static async Task<OperationConnection> OpenOutsideAsync(OperationContext context, CancellationToken cancellationToken) =>
        ContextConnection.HasTransaction(context.DbContext)
            ? new(await context.Runtime.Connections.OpenAsync(cancellationToken), own: null)
            : await OpenOwnAsync(context.DbContext, cancellationToken);

    /// <summary>Opens a connection to read from.</summary>
    /// <remarks>
    /// In a transaction of the caller's it is another one than the context's, so that it sees what has committed; but where both
    /// come from one pool it is the context's, since whoever holds one must not wait for another.
    /// </remarks>
    public static async Task<OperationConnection> OpenToReadAsync(OperationContext context, CancellationToken cancellationToken) =>
        context.Runtime.Connections.AreApart
            ? await OpenOutsideAsync(context, cancellationToken)
            : await OpenOwnAsync(context.DbContext, cancellationToken);

    /// <summary>Makes a context on the connection; it keeps definitions, and enqueues nothing.</summary>
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
