using System.CommandLine;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The database of a command: the given one, or a private one in the user's data folder.</summary>
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

    /// <summary>Gets whether this program has created the database.</summary>
    public bool IsPrivate => _server is not null;

    /// <summary>Opens the database of a command.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="configured">The connection string of the configuration, which comes after option and variable.</param>
    public static async Task<ChosenDatabase> OpenAsync(
        ParseResult parsed, CancellationToken cancellationToken, string? configured = null)
    {
        string?[] places =
        [
            parsed.GetValue(ConnectionOption.Instance),
            Environment.GetEnvironmentVariable(ConnectionOption.Variable),
            configured,
        ];
        if (Array.Find(places, place => !string.IsNullOrWhiteSpace(place)) is { } given)
        {
            return new(new NpgsqlConnectionStringBuilder(given).ConnectionString, server: null);
        }

        var server = await LocalPostgres.StartAsync(
            new LocalPostgresOptions { Folder = LocalPostgresOptions.UserDataFolder }, cancellationToken);
        try
        {
            await CreateDatabaseAsync(server, cancellationToken);
            return new(server.ConnectionStringFor(PrivateDatabase), server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

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
