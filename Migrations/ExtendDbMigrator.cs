using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Migrations;

/// <summary>Brings the schema <c>extenddb</c> of a database up to the version that the library needs.</summary>
public static class ExtendDbMigrator
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets the name of the last migration: the schema version of this build.</summary>
    public static string LastMigration => SchemaVersion.Required;

    /// <summary>Applies all migrations that the database lacks; none when it is up to date.</summary>
    /// <param name="connectionString">
    /// Npgsql's connection string. Its user may create a schema; a database that is up to date needs a user who may read
    /// the history of the migrations.
    /// </param>
    /// <param name="cancellationToken">Gives up; the migration at hand is then rolled back.</param>
    /// <returns>The names of the migrations that this call found missing.</returns>
    /// <exception cref="SchemaVersionException">The database is newer than this build.</exception>
    /// <exception cref="DatabaseEncodingException">The encoding of the database is not UTF8.</exception>
    /// <exception cref="MigrationRefusedException">The user may not migrate the database, or not create it.</exception>
    /// <remarks>
    /// A database that does not exist is created. Several processes can call it at once: EF locks the history table, and
    /// each migration is applied once. Creating that table is the one step before the lock; who loses that race tries
    /// again.
    /// </remarks>
    public static Task<IReadOnlyList<string>> MigrateAsync(
        string connectionString, CancellationToken cancellationToken = default) => MigrateAsync(
            () => CreateContext(connectionString),
            new NpgsqlConnectionStringBuilder(connectionString).Database,
            cancellationToken);

    /// <summary>Applies all migrations that the database of an open connection lacks.</summary>
    /// <param name="connection">The connection, which stays open; the only one that is used.</param>
    internal static Task<IReadOnlyList<string>> MigrateAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken) =>
        MigrateAsync(() => CreateContext(connection), connection.Database, cancellationToken);

    internal static ExtendDbContext CreateContext(string? connectionString) => new(
        MigrationOptions.Create().UseNpgsql(connectionString, MigrationOptions.Apply).Options);

    private static ExtendDbContext CreateContext(NpgsqlConnection connection) => new(
        MigrationOptions.Create()
            .UseNpgsql(connection, MigrationOptions.Apply)
            .AddInterceptors(NoFurtherConnection.Instance)
            .Options);

    private static async Task<IReadOnlyList<string>> MigrateAsync(
        Func<ExtendDbContext> createContext, string? database, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var context = createContext();
                return await ApplyMissingAsync(context, cancellationToken);
            }
            catch (Exception raced) when (attempt < Attempts && IsRace(raced))
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (PostgresException refused) when (MigrationRefusedException.IsCausedBy(refused))
            {
                throw new MigrationRefusedException(database, refused);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> ApplyMissingAsync(
        ExtendDbContext context, CancellationToken cancellationToken)
    {
        await CheckEncodingAsync(context, cancellationToken);
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (string.CompareOrdinal(applied.LastOrDefault(), SchemaVersion.Required) > 0)
        {
            SchemaVersion.Check(applied.Last());
        }

        List<string> missing = [.. context.Database.GetMigrations().Except(applied)];
        if (missing.Count > 0)
        {
            // Even with nothing to apply, EF would lock the history, which takes more rights than reading it.
            await context.Database.MigrateAsync(cancellationToken);
        }

        return missing;
    }

    private static async Task CheckEncodingAsync(ExtendDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // EF creates the database, with the encoding of the server's template.
            return;
        }

        DatabaseEncoding.Check((NpgsqlConnection)context.Database.GetDbConnection());
        await context.Database.CloseConnectionAsync();
    }

    // EF wraps what could be tried again, such as a deadlock.
    private static bool IsRace(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState
        is PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.DuplicateTable
        or PostgresErrorCodes.DuplicateColumn
        or PostgresErrorCodes.DuplicateSchema
        or PostgresErrorCodes.DeadlockDetected;
}
