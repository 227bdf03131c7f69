using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Migrations;

public class MigrateOnStartTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    private const string Applied = "SELECT count(*) FROM extenddb.migrations_history";
    private const string Known = "SELECT count(DISTINCT \"MigrationId\") FROM extenddb.migrations_history";

    [Fact]
    public async Task Host_on_an_empty_database_starts_and_creates_a_table()
    {
        var connection = OperationsHost.Own(await database.CreateDatabaseAsync(migrated: false));
        using var host = OperationsHost.Build(connection, services => services.AddExtendDb(connection).MigrateOnStart());

        await host.StartAsync();

        var db = host.Services.GetRequiredService<IExtendDb>();
        var table = OperationsTable.Of("Id:S");
        await db.CreateTableAsync(table);
        (await db.ListTablesAsync(new())).TableNames.Should().Equal(table.TableName);
        await host.StopAsync();
    }

    [Fact]
    public async Task Service_that_is_registered_before_it_starts_on_a_migrated_database()
    {
        var connection = OperationsHost.Own(await database.CreateDatabaseAsync(migrated: false));
        var first = new CountAtStart(connection);
        using var host = OperationsHost.Build(
            connection, services => services.AddSingleton<IHostedService>(first).AddExtendDb(connection).MigrateOnStart());

        await host.StartAsync();

        first.Migrations.Should().BePositive();
        await host.StopAsync();
    }

    [Fact]
    public async Task Four_hosts_started_together_apply_each_migration_once()
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var own = OperationsHost.Own(connection);
            using var host = OperationsHost.Build(own, services => services.AddExtendDb(own).MigrateOnStart());
            await host.StartAsync();
            await host.StopAsync();
        })));

        (await Sql.ScalarAsync(connection, Applied)).Should().Be(await Sql.ScalarAsync(connection, Known)).And.NotBe(0L);
    }

    [Fact]
    public void Second_call_for_a_registration_adds_nothing()
    {
        var services = new ServiceCollection();
        services.AddExtendDb(database.ConnectionString).MigrateOnStart();
        var once = services.Count(IsHosted);

        services.AddExtendDb(database.ConnectionString).MigrateOnStart().MigrateOnStart();

        services.Count(IsHosted).Should().Be(once);
    }

    [Fact]
    public async Task Own_context_on_a_data_source_of_the_application_gets_the_tables_of_ExtendDb_only()
    {
        var connection = OperationsHost.Own(await database.CreateDatabaseAsync(migrated: false));
        await using var source = new NpgsqlDataSourceBuilder(connection).Build();
        using var host = OperationsHost.Build(connection, services => services
            .AddExtendDb<OperationsCatalogContext>((_, options) => options.UseNpgsql(source)).MigrateOnStart());

        await host.StartAsync();

        (await Sql.ScalarAsync(connection, Applied)).Should().NotBe(0L);
        (await Sql.ScalarAsync(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).Should().Be(0L);
        await host.StopAsync();
    }

    [Fact]
    public async Task One_connection_of_the_context_is_enough_to_migrate()
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);
        await using var role = await LoginRole.CreateAsync(
            connection, "GRANT CREATE ON DATABASE {1} TO {0}", "CONNECTION LIMIT 1");
        using var host = OperationsHost.Build(
            role.ConnectionString, services => services.AddExtendDb(role.ConnectionString).MigrateOnStart());

        await ((IHostedLifecycleService)host.Services.GetServices<IHostedService>().Last()).StartingAsync(default);

        (await Sql.ScalarAsync(connection, Applied)).Should().NotBe(0L);
    }

    [Fact]
    public async Task Role_that_may_only_use_the_tables_starts_on_a_database_that_is_up_to_date()
    {
        var connection = await database.CreateDatabaseAsync();
        await using var role = await LoginRole.CreateAsync(
            connection, "GRANT USAGE ON SCHEMA extenddb TO {0}; GRANT SELECT ON ALL TABLES IN SCHEMA extenddb TO {0}");
        using var host = OperationsHost.Build(role.ConnectionString, services => services
            .AddExtendDb(role.ConnectionString, options => options.Propagation.Enabled = false).MigrateOnStart());

        var start = () => host.StartAsync();

        await start.Should().NotThrowAsync();
        await host.StopAsync();
    }

    [Fact]
    public async Task Role_without_rights_is_refused_with_what_to_do()
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);
        await using var role = await LoginRole.CreateAsync(connection);
        using var host = OperationsHost.Build(
            role.ConnectionString, services => services.AddExtendDb(role.ConnectionString).MigrateOnStart());

        var start = () => host.StartAsync();

        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        (await start.Should().ThrowAsync<MigrationRefusedException>())
            .WithMessage($"*may not migrate*{name}*permission denied*extenddb migrate*GRANT CREATE ON DATABASE \"{name}\"*")
            .Which.Database.Should().Be(name);
    }

    [Fact]
    public async Task Database_that_does_not_exist_is_refused_with_the_statement_that_creates_it()
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "nowhere" }.ConnectionString;
        using var host = OperationsHost.Build(connection, services => services.AddExtendDb(connection).MigrateOnStart());

        var start = () => host.StartAsync();

        (await start.Should().ThrowAsync<MigrationRefusedException>())
            .WithMessage("Database nowhere does not exist*CREATE DATABASE \"nowhere\" ENCODING 'UTF8'*")
            .Which.Database.Should().Be("nowhere");
    }

    [Fact]
    public async Task Newer_database_is_refused()
    {
        var connection = await database.CreateDatabaseAsync();
        await Sql.ScalarAsync(connection, "INSERT INTO extenddb.migrations_history VALUES ('29990101000000_Future', '10.0.0')");
        using var host = OperationsHost.Build(connection, services => services.AddExtendDb(connection).MigrateOnStart());

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<SchemaVersionException>().WithMessage("*29990101000000_Future*");
    }

    private static bool IsHosted(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService);

    private sealed class CountAtStart(string connection) : IHostedService
    {
        public long Migrations { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) =>
            Migrations = (long)(await Sql.ScalarAsync(connection, Applied))!;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
