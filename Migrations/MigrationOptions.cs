using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace ExtendDb.Ef.Migrations;

/// <summary>Npgsql's options of a context that migrates.</summary>
internal static class MigrationOptions
{
    public static void Apply(NpgsqlDbContextOptionsBuilder npgsql) => npgsql
        .MigrationsAssembly(typeof(ExtendDbMigrator).Assembly.GetName().Name)
        .MigrationsHistoryTable(SchemaVersion.HistoryTable, "extenddb")

        // A migration of a large table takes minutes, and a process that waits for another one's waits as long.
        .CommandTimeout(0);
}
