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
    /// <param name="connectionString">Npgsql's connection string; its user may create a schema.</param>
    /// <param name="cancellationToken">Gives up; the migration at hand is then rolled back.</param>
    /// <returns>The names of the migrations that this call found missing.</returns>
    /// <exception cref="SchemaVersionException">The database is newer than this build.</exception>
    /// <exception cref="DatabaseEncodingException">The encoding of the database is not UTF8.</exception>
    /// <remarks>
    /// Several processes can call it at once: EF locks the history table, and each migration is applied once. Creating
    /// that table is the one step before the lock; who loses that race tries again.
    /// </remarks>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        string connectionString, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var context = CreateContext(connectionString);
                await CheckEncodingAsync(context, cancellationToken);
                var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
                if (string.CompareOrdinal(applied.LastOrDefault(), SchemaVersion.Required) > 0)
                {
                    SchemaVersion.Check(applied.Last());
                }

                var missing = await context.Database.GetPendingMigrationsAsync(cancellationToken);
                await context.Database.MigrateAsync(cancellationToken);
                return [.. missing];
            }
            catch (PostgresException raced) when (attempt < Attempts && IsRace(raced))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
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

    internal static ExtendDbContext CreateContext(string? connectionString) => new(
        new DbContextOptionsBuilder<ExtendDbContext>()
            .UseNpgsql(connectionString, npgsql => npgsql
                .MigrationsAssembly(typeof(ExtendDbMigrator).Assembly.GetName().Name)
                .MigrationsHistoryTable(SchemaVersion.HistoryTable, "extenddb"))
            .Options);

    private static bool IsRace(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.DuplicateTable
        or PostgresErrorCodes.DuplicateColumn
        or PostgresErrorCodes.DuplicateSchema
        or PostgresErrorCodes.DeadlockDetected;
}
