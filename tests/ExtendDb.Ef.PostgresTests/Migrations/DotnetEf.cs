using ExtendDb.Ef.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>Migrates as <c>dotnet ef database update</c> does, which does not try again.</summary>
internal static class DotnetEf
{
    /// <summary>Migrates a database up or down.</summary>
    /// <param name="migration">The last migration that the database then has; null for the last one there is.</param>
    public static async Task UpdateAsync(string connectionString, string? migration = null)
    {
        await using var context = new MigrationsContextFactory().CreateDbContext([]);
        context.Database.SetConnectionString(connectionString);
        await context.GetService<IMigrator>().MigrateAsync(migration);
    }
}
