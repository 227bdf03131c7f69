using System.CommandLine;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>
/// The database of a command: the given one, a private one in the user's data folder, or one that ends with the process.
/// </summary>
internal sealed class ChosenDatabase : IAsyncDisposable
{
    private const string PrivateDatabase = "extenddb";
    private readonly LocalPostgres? _server;
    private readonly Lazy<ServiceProvider> _services;

    private ChosenDatabase(string connectionString, LocalPostgres? server)
    {
        ConnectionString = connectionString;
        _server = server;
        _services = new(() => new ServiceCollection()
            .AddLogging()
            .AddExtendDb(connectionString, options => options.Propagation.Enabled = false).Services
            .BuildServiceProvider());
    }

    public string ConnectionString { get; }

    /// <summary>Gets DynamoDB's operations on this database, without a worker in this process.</summary>
    public IExtendDb ExtendDb => _services.Value.GetRequiredService<IExtendDb>();

    /// <summary>Gets the location of the database, without a password.</summary>
    public string Place
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"{parts.Host}:{parts.Port}/{parts.Database}"
                + (_server is null ? string.Empty : $", a private PostgreSQL in {_server.Folder}");
        }
    }

    /// <summary>Gets whether the data is in memory.</summary>
    public bool IsInMemory => _server is { IsInMemory: true };

    /// <summary>
    /// Gets the connection string for other processes of this user, with a file that holds the password in its place;
    /// null unless the database ends with this process.
    /// </summary>
    public string? ForOtherProcesses { get; private init; }

    /// <summary>Gets whether this program has created the database.</summary>
    public bool IsPrivate => _server is not null;

    /// <summary>Opens the database of a command.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="configured">The connection string of the configuration, which comes after option and variable.</param>
    public static async Task<ChosenDatabase> OpenAsync(
        ParseResult parsed, CancellationToken cancellationToken, string? configured = null)
    {
        if (NamedDatabase.Of(parsed, configured) is { } named)
        {
            if (named.ShowsPassword)
            {
                await Console.Error.WriteLineAsync(
                    $"extenddb: warning: the list of processes shows the password in {ConnectionOption.Instance.Name}; "
                    + $"{ConnectionOption.Variable} does not.");
            }

            return new(named.ConnectionString, server: null);
        }

        var own = await StartAsync(
            new() { Folder = LocalPostgresOptions.UserDataFolder },
            server => Task.FromResult(new ChosenDatabase(server.ConnectionStringFor(PrivateDatabase), server)),
            cancellationToken);

        // A forgotten variable must not look like a database that is well.
        await Console.Error.WriteLineAsync(
            $"extenddb: no {ConnectionOption.Instance.Name} and no {ConnectionOption.Variable}: this is about {own.Place}.");
        return own;
    }

    /// <summary>Starts a database that is deleted when the process ends, in memory where the machine has room for it.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <exception cref="ArgumentException">The command line names a database too.</exception>
    public static Task<ChosenDatabase> OpenInMemoryAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(ConnectionOption.Instance) is null
            ? StartAsync(
                new() { InMemory = true },
                async server => new(server.ConnectionStringFor(PrivateDatabase), server)
                {
                    ForOtherProcesses = await WritePasswordFileAsync(server, cancellationToken),
                },
                cancellationToken)
            : throw new ArgumentException("--in-memory starts a database of its own, so --connection cannot name another.");

    public ExtendDbContext CreateContext() =>
        _services.Value.GetRequiredService<IDbContextFactory<ExtendDbContext>>().CreateDbContext();

    /// <summary>Returns the runtime of the database; its first use checks the schema version.</summary>
    public ExtendDbRuntime Local() => _services.Value.GetRequiredService<ExtendDbRuntime>();

    public async ValueTask DisposeAsync()
    {
        if (_services.IsValueCreated)
        {
            await _services.Value.DisposeAsync();
        }

        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _server.DisposeAsync();
        }
    }

    private static async Task<ChosenDatabase> StartAsync(
        LocalPostgresOptions options, Func<LocalPostgres, Task<ChosenDatabase>> choose, CancellationToken cancellationToken)
    {
        var server = await LocalPostgres.StartAsync(options, cancellationToken);
        try
        {
            await CreateDatabaseAsync(server, cancellationToken);
            return await choose(server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> WritePasswordFileAsync(LocalPostgres server, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(PrivateDatabase));
        var file = Path.Combine(server.Folder, "pgpass");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(file, options))
        {
            await writer.WriteLineAsync(
                $"{connection.Host}:{connection.Port}:*:{connection.Username}:{connection.Password}".AsMemory(),
                cancellationToken);
        }

        connection.Password = null;
        connection.Passfile = file;
        return connection.ConnectionString;
    }

    private static async Task CreateDatabaseAsync(LocalPostgres server, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {PrivateDatabase}", connection);
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exists) when (exists.SqlState
            is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // An earlier run, or another command at this moment, has created the database.
        }
    }
}
