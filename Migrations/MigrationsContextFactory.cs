using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ExtendDb.Ef.Migrations;

/// <summary>Gives dotnet-ef its context: the database is that of EXTENDDB_CONNECTION, or of <c>--connection</c>.</summary>
public sealed class MigrationsContextFactory : IDesignTimeDbContextFactory<ExtendDbContext>
{
    /// <inheritdoc/>
    public ExtendDbContext CreateDbContext(string[] args) =>
        ExtendDbMigrator.CreateContext(Environment.GetEnvironmentVariable("EXTENDDB_CONNECTION"));
}
