using System.Collections.Concurrent;
using ExtendDb.Ef.Local;
using Npgsql;

namespace ExtendDb.Ef.Testing;

/// <summary>Gives the tests that share it a migrated database of their own, in any test framework.</summary>
/// <remarks>
/// Cost: the first database of a server applies the migrations once; each further one is a copy of that, in well under
/// a second. See <see cref="PostgresServer"/> for the server it uses.
/// </remarks>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ConcurrentBag<string> _names = [];
    private readonly PostgresServer _server;
    private readonly Lazy<Task<RunningExtendDb>> _running;

    private TestDatabase(PostgresServer server, string connectionString, string name)
    {
        _server = server;
        _names.Add(name);
        ConnectionString = connectionString;
        _running = new(() => RunningExtendDb.StartAsync(connectionString));
    }

    /// <summary>Gets the connection string of the database, which holds the whole schema and no rows of tests.</summary>
    public string ConnectionString { get; }

    /// <summary>Creates a database on the server of this process, and starts that server where none runs yet.</summary>
    /// <param name="cancellationToken">Ends the attempt, but not the start of a server that others may wait for.</param>
    /// <returns>The database, which is dropped when the object is disposed.</returns>
    /// <exception cref="LocalPostgresException">
    /// No server could be found or started; the message says what to install.
    /// </exception>
    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken = default)
    {
        var server = await PostgresServer.GetAsync(cancellationToken);
        var name = await CreateAsync(server, migrated: true, cancellationToken);
        return new TestDatabase(server, server.ConnectionStringFor(name), name);
    }

    /// <summary>Creates a further database on the same server, which is dropped together with the first one.</summary>
    /// <param name="migrated">True for the whole schema, false for an empty database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connection string of the new database.</returns>
    public async Task<string> CreateDatabaseAsync(bool migrated = true, CancellationToken cancellationToken = default)
    {
        var name = await CreateAsync(_server, migrated, cancellationToken);
        _names.Add(name);
        return _server.ConnectionStringFor(name);
    }

    /// <summary>
    /// Returns the operations on the database, and starts them with workers that keep the indexes up to date, as a host does.
    /// </summary>
    /// <param name="cancellationToken">Ends this wait, not the start, which others may wait for.</param>
    /// <returns>The operations, the same at each call; they end with this object.</returns>
    /// <remarks>
    /// The options have their defaults. For others, and for a context of your own, call AddExtendDb with
    /// <see cref="ConnectionString"/>.
    /// </remarks>
    public async Task<IExtendDb> GetExtendDbAsync(CancellationToken cancellationToken = default) =>
        (await _running.Value.WaitAsync(cancellationToken)).Db;

    /// <summary>Waits until the global indexes have all that was written before the call, by whatever context.</summary>
    /// <param name="within">The longest wait; null for 30 seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when a query on an index finds what was written, and no index is being created.</returns>
    /// <exception cref="TimeoutException">
    /// The time is over; the message names the indexes with their markers, their lag and their quarantine.
    /// </exception>
    /// <remarks>Starts the workers where they do not run yet. An index with a long propagation delay keeps it.</remarks>
    public async Task IndexesAreUpToDateAsync(TimeSpan? within = null, CancellationToken cancellationToken = default) =>
        await (await _running.Value.WaitAsync(cancellationToken))
            .IndexesAreUpToDateAsync(within ?? TimeSpan.FromSeconds(30), cancellationToken);

    /// <summary>Ends the operations and drops all databases that the object has created, and ends their connections.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated)
        {
            // The caller has the error of a failed start already.
            await ((Task)_running.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_running.Value.IsCompletedSuccessfully)
            {
                await (await _running.Value).DisposeAsync();
            }
        }

        while (_names.TryTake(out var name))
        {
            // Idle connections in the pool would count against the server's limit for minutes.
            using (var pooled = new NpgsqlConnection(_server.ConnectionStringFor(name)))
            {
                NpgsqlConnection.ClearPool(pooled);
            }

            await DatabaseCommands.DropAsync(_server, name, CancellationToken.None);
        }
    }

    private static async Task<string> CreateAsync(
        PostgresServer server, bool migrated, CancellationToken cancellationToken)
    {
        var template = migrated
            ? await TemplateDatabase.EnsureAsync(server, cancellationToken)
            : DatabaseCommands.Empty;
        var name = $"extenddb_test_{Guid.NewGuid():N}";
        await DatabaseCommands.CreateAsync(server, name, template, cancellationToken);
        return name;
    }
}
