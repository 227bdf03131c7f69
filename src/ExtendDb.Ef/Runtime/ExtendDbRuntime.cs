using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Transactions;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Propagation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;

namespace ExtendDb.Ef.Runtime;

/// <summary>What this process keeps for one database: the definitions, the database's clock, and the wake-up of its worker.</summary>
/// <remarks>
/// All contexts of one connection string and one set of options share one, however they were made, so that a write of
/// any of them wakes the worker. Everything in it can be lost at any time: the database has the truth.
/// </remarks>
internal sealed class ExtendDbRuntime
{
    private static readonly ConcurrentDictionary<(string Connection, ExtendDbOptions Options), ExtendDbRuntime> ByConnection =
        new();

    private static readonly ConcurrentDictionary<(string Target, ExtendDbOptions Options), ExtendDbRuntime> ByTarget = new();

    private static readonly ConditionalWeakTable<DbDataSource, ConcurrentDictionary<ExtendDbOptions, ExtendDbRuntime>>
        BySource = [];

    private const int ConnectionsForDefinitions = 1;
    private const int ConnectionsForWriters = 4;

    private const int OtherWorkOfWorker = 1;

    private readonly Func<NpgsqlConnection> _createConnection;

    private ExtendDbRuntime(Func<NpgsqlConnection> createConnection, ExtendDbOptions options)
    {
        _createConnection = createConnection;
        Options = options;
        Definitions = new DefinitionCache(this);
        WakeUp = new WakeUp(options.TimeProvider);
        Hints = new ShardHints(options.TimeProvider);
        Batches = new MarkerBatch(this);
        Lag = new LagProbe(this);
        Backpressure = new Backpressure(this);
        using var connection = createConnection();
        Name = connection.Database;
    }

    public ExtendDbOptions Options { get; }

    public DefinitionCache Definitions { get; }

    public WakeUp WakeUp { get; }

    public ShardHints Hints { get; }

    public MarkerBatch Batches { get; }

    public LagProbe Lag { get; }

    public Backpressure Backpressure { get; }

    /// <summary>Gets the database's name, for telemetry.</summary>
    public string Name { get; }

    /// <summary>Gets how far the database's clock is ahead of this machine's; measured when the definitions are read.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Gets the time by the database's clock, in the microseconds that it keeps.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            var now = Options.TimeProvider.GetUtcNow() + ClockOffset;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>Returns what this process keeps for a context's database.</summary>
    /// <exception cref="InvalidOperationException">The context was configured without UseExtendDb().</exception>
    public static ExtendDbRuntime Of(DbContext context)
    {
        var options = ExtendDbOptionsExtension.Of(context);
#pragma warning disable EF1001 // Nothing public tells the data source, and two of them can share a connection string.
        var provider = context.GetService<IDbContextOptions>().FindExtension<NpgsqlOptionsExtension>();
        var configuredSource = provider?.DataSource;
#pragma warning restore EF1001
        if (configuredSource is NpgsqlDataSource source)
        {
            return BySource.GetOrCreateValue(source)
                .GetOrAdd(options, _ => new ExtendDbRuntime(source.CreateConnection, options));
        }

        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var configured = context.Database.GetConnectionString() ?? connection.ConnectionString;
        return ByConnection.GetOrAdd(
            (configured, options),
            static (key, connection) => ByTarget.GetOrAdd(
                (Target(key.Connection), key.Options),
                static (key, connection) =>
                {
                    // A copy, because the context's own connection is closed and given to another context later.
                    var template = (NpgsqlConnection)((ICloneable)connection).Clone();
                    return new(() => (NpgsqlConnection)((ICloneable)template).Clone(), key.Options);
                },
                connection),
            connection);
    }

    /// <summary>Returns what this process keeps for the database of the contexts that a factory makes.</summary>
    public static async Task<ExtendDbRuntime> OfAsync<TContext>(
        IDbContextFactory<TContext> contexts, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return Of(context);
    }

    /// <summary>Opens a connection from the pool of this database.</summary>
    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        OpenAsync(_createConnection(), cancellationToken);

    /// <summary>Opens the connection on which definitions are read, one at a time.</summary>
    /// <remarks>
    /// It has a pool of its own: callers who hold all connections of theirs wait for the definitions, and would wait for
    /// ever if those had to come over one of the same.
    /// </remarks>
    public Task<NpgsqlConnection> OpenForDefinitionsAsync(CancellationToken cancellationToken) =>
        OpenAsync(CreateApart(ConnectionsForDefinitions), cancellationToken);

    /// <summary>Opens a connection on which a loop of the worker applies a batch.</summary>
    /// <remarks>From a pool of its own: writers that are slowed because the indexes lag must not slow the worker.</remarks>
    public Task<NpgsqlConnection> OpenForBatchAsync(CancellationToken cancellationToken) =>
        OpenAsync(CreateApart(ConnectionsForBatches), cancellationToken);

    /// <summary>Opens a connection on which a writer, after its commit, applies its own markers.</summary>
    /// <remarks>From a pool of its own, for the same reason: the writer still has a connection of its own pool.</remarks>
    public Task<NpgsqlConnection> OpenForWriterAsync(CancellationToken cancellationToken) =>
        OpenAsync(CreateApart(ConnectionsForWriters), cancellationToken);

    /// <summary>As <see cref="OpenForDefinitionsAsync"/>, for the hooks that EF calls synchronously.</summary>
    public NpgsqlConnection OpenForDefinitions() => Open(CreateApart(ConnectionsForDefinitions));

    /// <summary>As <see cref="OpenForWriterAsync"/>, for the hooks that EF calls synchronously.</summary>
    public NpgsqlConnection OpenForWriter() => Open(CreateApart(ConnectionsForWriters));

    private static NpgsqlConnection Open(NpgsqlConnection connection)
    {
        using var outside = OutsideAmbientTransaction();
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var outside = OutsideAmbientTransaction();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the connections that nobody uses, for a host that stops.</summary>
    /// <remarks>The pools are of connection strings that nobody else knows, so nobody else could.</remarks>
    public void CloseIdleConnections()
    {
        using (var template = _createConnection())
        using (var connection = template.CloneWith(template.ConnectionString))
        {
            // Npgsql finds no pool by a plain clone.
            NpgsqlConnection.ClearPool(connection);
        }

        foreach (var poolSize in new[] { ConnectionsForDefinitions, ConnectionsForWriters, ConnectionsForBatches })
        {
            using var connection = CreateApart(poolSize);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    // What AddExtendDb may have added to a connection string does not make another database of it.
    private static string Target(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        target.Remove("Max Auto Prepare");
        target.Remove("No Reset On Close");
        return target.ConnectionString;
    }

    // Not the number of another pool, or it would be that one.
    private int ConnectionsForBatches => ConnectionsForWriters + Options.Propagation.Loops + OtherWorkOfWorker;

    // Npgsql has a pool for each connection string; this one differs in the size of the pool.
    private NpgsqlConnection CreateApart(int poolSize)
    {
        using var template = _createConnection();
        var apart = new NpgsqlConnectionStringBuilder(template.ConnectionString)
        {
            MinPoolSize = 0,
            MaxPoolSize = poolSize,
        };
        return template.CloneWith(apart.ConnectionString);
    }

    /// <summary>Leaves the caller's ambient transaction until it is disposed: what happens here is never part of it.</summary>
    public static TransactionScope? OutsideAmbientTransaction() => Transaction.Current is null
        ? null
        : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

    /// <summary>Makes a context of its own transactions, for changes of definitions.</summary>
    public ExtendDbContext CreateContext() => new(new DbContextOptionsBuilder<ExtendDbContext>()
        .UseNpgsql(_createConnection(), contextOwnsConnection: true)
        .Options);
}
