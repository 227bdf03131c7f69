using System.Data;
using System.Transactions;
using Npgsql;

namespace ExtendDb.Ef.Runtime;

/// <summary>Opens the connections that the library uses beside those of the callers' contexts.</summary>
/// <remarks>
/// The connections come from a data source of their own, or from a bounded share of the callers' data source. A holder
/// of such a connection opens no other one, and a caller that holds a connection of a context opens none of these; so
/// no number of callers can wait for each other.
/// </remarks>
internal sealed class DatabaseConnections : IDisposable
{
    /// <summary>The number of connections for background work other than the loops that apply markers.</summary>
    public const int BesideLoops = 10;

    private readonly Func<NpgsqlConnection> _create;
    private readonly NpgsqlDataSource? _owned;
    private readonly SemaphoreSlim? _share;

    private DatabaseConnections(Func<NpgsqlConnection> create, NpgsqlDataSource? owned, int? share)
    {
        _create = create;
        _owned = owned;
        _share = share is { } connections ? new(connections, connections) : null;
        using var connection = create();
        Database = connection.Database;
    }

    /// <summary>Gets the name of the database.</summary>
    public string Database { get; }

    /// <summary>
    /// Gets whether the callers' contexts use another data source, so that a holder of their connections can wait for
    /// these.
    /// </summary>
    public bool AreApart => _share is null;

    /// <summary>Uses a data source that has no other users.</summary>
    /// <param name="source">The data source.</param>
    /// <param name="ownsSource">Whether the data source is disposed with this object.</param>
    public static DatabaseConnections Apart(NpgsqlDataSource source, bool ownsSource) =>
        new(source.CreateConnection, ownsSource ? source : null, share: null);

    /// <summary>Uses at most half of the connections of a data source that the callers use too.</summary>
    /// <param name="source">The data source.</param>
    /// <param name="loops">The number of loops that apply markers.</param>
    public static DatabaseConnections Shared(NpgsqlDataSource source, int loops) =>
        new(source.CreateConnection, owned: null, Share(source.ConnectionString, loops));

    /// <summary>Uses at most half of the connections of the pool that a connection comes from.</summary>
    /// <param name="template">A connection, which stays unchanged.</param>
    /// <param name="loops">The number of loops that apply markers.</param>
    public static DatabaseConnections Shared(NpgsqlConnection template, int loops)
    {
        // A copy: the given connection belongs to a context, which changes it.
        var copy = (NpgsqlConnection)((ICloneable)template).Clone();
        return new(
            () => (NpgsqlConnection)((ICloneable)copy).Clone(), owned: null, Share(template.ConnectionString, loops));
    }

    /// <summary>Opens a connection that takes part in no transaction of the caller.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        using var outside = OutsideAmbientTransaction();
        await (_share?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        var connection = _create();
        var isOpen = false;
        try
        {
            if (_share is not null)
            {
                // However the connection is closed, it gives its share back then.
                connection.StateChange += ReleaseShareOfClosed;
            }

            await connection.OpenAsync(cancellationToken);
            isOpen = true;
            return connection;
        }
        finally
        {
            if (!isOpen)
            {
                connection.StateChange -= ReleaseShareOfClosed;
                _share?.Release();
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// Suppresses the caller's ambient transaction until the result is disposed; null when there is none.
    /// </summary>
    public static TransactionScope? OutsideAmbientTransaction() => Transaction.Current is null
        ? null
        : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

    public void Dispose()
    {
        _owned?.Dispose();
        _share?.Dispose();
    }

    private void ReleaseShareOfClosed(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState is ConnectionState.Closed or ConnectionState.Broken)
        {
            ((NpgsqlConnection)sender).StateChange -= ReleaseShareOfClosed;
            _share!.Release();
        }
    }

    private static int Share(string connectionString, int loops)
    {
        var pool = new NpgsqlConnectionStringBuilder(connectionString);
        var wanted = loops + BesideLoops;
        return pool.Pooling ? Math.Max(1, Math.Min(wanted, pool.MaxPoolSize / 2)) : wanted;
    }
}
