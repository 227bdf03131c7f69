using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.Migrations;

/// <summary>
/// Migrates the database of a registration before the host starts any service, whatever the order of the services.
/// </summary>
/// <param name="createContext">Creates a context of the registration.</param>
/// <param name="logger">The logger for applied migrations.</param>
internal sealed partial class MigrationAtStart(Func<DbContext> createContext, ILogger logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var context = createContext();
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException refused) when (MigrationRefusedException.IsCausedBy(refused))
        {
            throw new MigrationRefusedException(connection.Database, refused);
        }

        foreach (var migration in await ExtendDbMigrator.MigrateAsync(connection, cancellationToken))
        {
            Applied(logger, migration, connection.Database);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(401, LogLevel.Information, "Migration {Migration} of database {Database} is applied.")]
    private static partial void Applied(ILogger logger, string migration, string database);
}
