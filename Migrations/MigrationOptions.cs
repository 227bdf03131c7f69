using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace ExtendDb.Ef.Migrations;

/// <summary>The options of a context that migrates.</summary>
internal static class MigrationOptions
{
    public static DbContextOptionsBuilder<ExtendDbContext> Create() =>
        new DbContextOptionsBuilder<ExtendDbContext>()
            .ReplaceService<IHistoryRepository, ExtendDbHistory>()
            .ReplaceService<IMigrationsSqlGenerator, ExtendDbMigrationsSqlGenerator>()
            .ConfigureWarnings(
                // A step outside a transaction goes on where it was killed; EF's advice to revert it by hand would do harm.
                warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning));

    public static void Apply(NpgsqlDbContextOptionsBuilder npgsql) => npgsql
        .MigrationsAssembly(typeof(ExtendDbMigrator).Assembly.GetName().Name)
        .MigrationsHistoryTable(SchemaVersion.HistoryTable, "extenddb")

        // A migration of a large table takes minutes, and a process that waits for another one's waits as long.
        .CommandTimeout(0);
}
