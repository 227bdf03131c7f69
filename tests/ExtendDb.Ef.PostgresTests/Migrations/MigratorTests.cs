using System.Reflection;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Migrations;

public class MigratorTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    private const string History = "SELECT string_agg(\"MigrationId\", ' ' ORDER BY \"MigrationId\") FROM extenddb.migrations_history";

    private static List<string> Known =>
    [
        .. typeof(ExtendDbMigrator).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Required_version_is_the_last_migration_of_the_assembly() =>
        SchemaVersion.Required.Should().Be(Known[^1]);

    [Fact]
    public async Task Empty_database_gets_every_migration()
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);

        var applied = await ExtendDbMigrator.MigrateAsync(connection);

        applied.Should().Equal(Known);
        (await Sql.ScalarAsync(connection, History)).Should().Be(string.Join(' ', Known));
    }

    [Fact]
    public async Task Migrated_database_gets_none()
    {
        var connection = await database.CreateDatabaseAsync();

        var applied = await ExtendDbMigrator.MigrateAsync(connection);

        applied.Should().BeEmpty();
    }

    [Fact]
    public async Task Four_migrators_started_together_apply_each_migration_once()
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ExtendDbMigrator.MigrateAsync(connection))));

        (await Sql.ScalarAsync(connection, History)).Should().Be(string.Join(' ', Known));
        (await Sql.ScalarAsync(connection, "SELECT count(*) FROM extenddb.gsi_slots")).Should().Be(64L);
    }

    [Fact]
    public async Task Newer_database_is_left_alone()
    {
        var connection = await database.CreateDatabaseAsync();
        await Sql.ScalarAsync(connection, "INSERT INTO extenddb.migrations_history VALUES ('29990101000000_Future', '10.0.0')");

        var migrate = () => ExtendDbMigrator.MigrateAsync(connection);

        await migrate.Should().ThrowAsync<SchemaVersionException>().WithMessage("*29990101000000_Future*");
    }

    [Fact]
    public async Task Model_has_no_change_that_lacks_a_migration()
    {
        await using var context = ExtendDbMigratorContext();

        context.Database.HasPendingModelChanges().Should().BeFalse();
    }

    private static ExtendDbContext ExtendDbMigratorContext() => new MigrationsContextFactory().CreateDbContext([]);
}
