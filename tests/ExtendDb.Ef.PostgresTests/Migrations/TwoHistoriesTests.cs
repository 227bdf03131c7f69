using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>The migrations of a user's own context beside those of ExtendDb, in one database.</summary>
public class TwoHistoriesTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    private const string OfUser = """SELECT string_agg("MigrationId", ' ') FROM "__EFMigrationsHistory" """;
    private const string OfExtendDb = """SELECT max("MigrationId") FROM extenddb.migrations_history""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_migrate_one_database_in_either_order(bool usersFirst)
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);
        await using var context = new ShopContext(connection);

        if (usersFirst)
        {
            await context.Database.MigrateAsync();
        }

        await ExtendDbMigrator.MigrateAsync(connection);
        await context.Database.MigrateAsync();

        (await Sql.ScalarAsync(connection, OfUser)).Should().Be(Orders.Id);
        (await Sql.ScalarAsync(connection, OfExtendDb)).Should().Be(SchemaVersion.Required);
        (await context.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Going_back_to_before_the_first_migration_of_the_user_leaves_the_tables_of_ExtendDb()
    {
        var connection = await database.CreateDatabaseAsync();
        await using var context = new ShopContext(connection);
        await context.Database.MigrateAsync();

        await context.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);

        (await Sql.ScalarAsync(connection, "SELECT to_regclass('orders')::text")).Should().Be(DBNull.Value);
        (await Sql.ScalarAsync(connection, OfExtendDb)).Should().Be(SchemaVersion.Required);
    }

    [Fact]
    public async Task Host_that_migrates_on_start_leaves_the_users_migrations_to_the_user()
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);
        using var host = OperationsHost.Build(connection, services => services
            .AddExtendDb<ShopContext>((_, options) => options.UseNpgsql(connection)).MigrateOnStart());

        await host.StartAsync();

        await using var context = await host.Services.GetRequiredService<IDbContextFactory<ShopContext>>().CreateDbContextAsync();
        (await context.Database.GetPendingMigrationsAsync()).Should().Equal(Orders.Id);
        await host.StopAsync();
    }

    public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
    {
        internal ShopContext(string connection)
            : this(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(connection).UseExtendDb().Options)
        {
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseExtendDb();
    }

    [DbContext(typeof(ShopContext))]
    [Migration(Id)]
    public sealed class Orders : Migration
    {
        public const string Id = "20260101000000_Orders";

        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("CREATE TABLE orders (id int PRIMARY KEY)");

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE orders");
    }
}
