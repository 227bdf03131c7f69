using ExtendDb.Ef.Local;
using Npgsql;

namespace ExtendDb.Ef.Testing;

/// <summary>The one server that all tests of this process share, started when the first of them asks for it.</summary>
/// <remarks>
/// The first of these that is there: the server whose connection string is in <c>EXTENDDB_TEST_POSTGRES</c>; a temporary
/// <see cref="LocalPostgres"/> of the version whose programs are in the folder that <c>EXTENDDB_POSTGRES_BIN</c> names; a
/// container, where a Docker engine answers; a temporary <see cref="LocalPostgres"/> of an installed version. What was
/// started ends with the process.
/// </remarks>
public sealed class PostgresServer
{
    /// <summary>
    /// The environment variable with the connection string of a server whose user may create databases.
    /// </summary>
    public const string Variable = "EXTENDDB_TEST_POSTGRES";

    private const string FolderVariable = "EXTENDDB_POSTGRES_BIN";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync(
        Environment.GetEnvironmentVariable(Variable),
        Environment.GetEnvironmentVariable(FolderVariable),
        PostgresContainer.TryStartAsync,
        () => LocalPostgres.StartAsync()));

    // Held so that the server is not stopped by the garbage collector.
    private readonly object? _owner;

    internal PostgresServer(string connectionString, object? owner)
    {
        ConnectionString = connectionString;
        _owner = owner;
    }

    /// <summary>Gets the connection string of the database from which further databases are created.</summary>
    public string ConnectionString { get; }

    /// <summary>Gets the local server behind it; null when it is a container or a given server.</summary>
    public LocalPostgres? Local => _owner as LocalPostgres;

    /// <summary>Returns the server, and starts it when it is asked for the first time.</summary>
    /// <param name="cancellationToken">Ends this wait, not the start, which others may wait for.</param>
    /// <returns>The server of this process.</returns>
    /// <exception cref="LocalPostgresException">
    /// No server could be found or started; the message says what to install.
    /// </exception>
    public static Task<PostgresServer> GetAsync(CancellationToken cancellationToken = default) =>
        Shared.Value.WaitAsync(cancellationToken);

    /// <summary>Returns the connection string for one database of the server.</summary>
    /// <param name="database">The name of the database, which need not exist yet.</param>
    /// <returns>A connection string for Npgsql whose errors show the values that were refused.</returns>
    public string ConnectionStringFor(string database)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        return new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Database = database,
            IncludeErrorDetail = true,
        }.ConnectionString;
    }

    /// <summary>Takes the first server that is there; each later one is looked for only when it is needed.</summary>
    /// <param name="given">The connection string of a server; null or empty when none is given.</param>
    /// <param name="folder">The folder of the programs of one version; null or empty when none is named.</param>
    /// <param name="container">Starts a container, or returns null.</param>
    /// <param name="local">Starts a local server.</param>
    internal static async Task<PostgresServer> StartAsync(
        string? given, string? folder, Func<Task<PostgresServer?>> container, Func<Task<LocalPostgres>> local)
    {
        if (!string.IsNullOrEmpty(given))
        {
            return new PostgresServer(given, owner: null);
        }

        if (string.IsNullOrEmpty(folder) && await container() is { } started)
        {
            return started;
        }

        try
        {
            var server = await local();
            return new PostgresServer(server.ConnectionString, server);
        }
        catch (LocalPostgresException notStarted)
        {
            throw new LocalPostgresException(
                $"{notStarted.Message} For tests, a running Docker engine or a connection string in {Variable} does as "
                + "well.",
                notStarted);
        }
    }
}
