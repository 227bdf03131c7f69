using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Hosting;

/// <summary>What stops an application before it serves anything.</summary>
public class StartTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Database_that_was_never_migrated_is_refused_with_the_command_to_run()
    {
        var connection = await database.CreateDatabaseAsync(migrated: false);

        var start = () => StartAsync(connection);

        (await start.Should().ThrowAsync<SchemaVersionException>())
            .WithMessage($"*not there yet*{SchemaVersion.Required}*extenddb migrate*ExtendDbMigrator.MigrateAsync*.MigrateOnStart()*")
            .Which.LastMigration.Should().BeNull();
    }

    [Fact]
    public async Task Context_whose_model_has_no_items_is_refused_with_what_is_missing()
    {
        var connection = await database.CreateDatabaseAsync();
        using var host = OperationsHost.Build(
            connection, services => services.AddExtendDb<PlainContext>((_, options) => options.UseNpgsql(connection)));

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*PlainContext*modelBuilder.UseExtendDb()*");
    }

    [Theory]
    [InlineData("SQL_ASCII")]
    [InlineData("LATIN1")]
    public async Task Database_of_another_encoding_is_refused_by_the_start_and_by_the_migrations(string encoding)
    {
        var connection = await CreateDatabaseAsync(encoding);

        var start = () => StartAsync(connection);
        var migrate = () => ExtendDbMigrator.MigrateAsync(connection);

        (await start.Should().ThrowAsync<DatabaseEncodingException>())
            .WithMessage($"*is {encoding}*CREATE DATABASE*ENCODING 'UTF8' TEMPLATE template0*");
        await migrate.Should().ThrowAsync<DatabaseEncodingException>();
    }

    [Fact]
    public async Task Migrations_applied_by_the_tool_refuse_a_database_of_another_encoding()
    {
        var connection = await CreateDatabaseAsync("LATIN1");
        await using var context = new MigrationsContextFactory().CreateDbContext([]);
        context.Database.SetConnectionString(connection);

        var migrate = () => context.Database.MigrateAsync();

        (await migrate.Should().ThrowAsync<PostgresException>()).WithMessage("*UTF8*");
        await context.Database.OpenConnectionAsync();
        (await new NpgsqlCommand("SELECT to_regclass('extenddb.items')::text", (NpgsqlConnection)context.Database.GetDbConnection())
            .ExecuteScalarAsync()).Should().Be(DBNull.Value);
    }

    [Fact]
    public async Task Database_whose_history_is_empty_is_refused_with_the_command_to_run()
    {
        var connection = await database.CreateDatabaseAsync();
        await RunAsync(connection, "DELETE FROM extenddb.migrations_history");

        var start = () => StartAsync(connection);

        await start.Should().ThrowAsync<SchemaVersionException>().WithMessage($"*{SchemaVersion.Required}*extenddb migrate*");
    }

    [Fact]
    public async Task Process_that_runs_while_another_version_migrates_the_database_refuses_to_go_on()
    {
        var connection = await database.CreateDatabaseAsync();
        var time = new JumpingTime();
        await using var host = await OperationsHost.StartAsync(connection, time: time);
        var table = await host.CreateAsync(OperationsTable.Of("Id:S"));
        await host.PutAsync(table, new() { ["Id"] = "1" });

        // Every migration changes the version of the definitions.
        await RunAsync(connection, """
            INSERT INTO extenddb.migrations_history VALUES ('99990101000000_Future', '10.0.0');
            UPDATE extenddb.catalog_state SET version = version + 1
            """);
        time.Jump(new ExtendDbOptions().CatalogPollInterval);

        var put = () => host.PutAsync(table, new() { ["Id"] = "2" });

        await put.Should().ThrowAsync<SchemaVersionException>().WithMessage("*99990101000000_Future*newer than*");
        (await host.CountAsync("items")).Should().Be(1);
    }

    [Fact]
    public async Task Older_database_is_refused_with_both_versions_and_the_command_to_run()
    {
        var connection = await database.CreateDatabaseAsync();
        await RunAsync(connection, "DELETE FROM extenddb.migrations_history; INSERT INTO extenddb.migrations_history VALUES ('20200101000000_Past', '10.0.0')");

        var start = () => StartAsync(connection);

        (await start.Should().ThrowAsync<SchemaVersionException>())
            .WithMessage($"*20200101000000_Past, older than {SchemaVersion.Required}*extenddb migrate*")
            .Which.LastMigration.Should().Be("20200101000000_Past");
    }

    [Fact]
    public async Task Newer_database_is_refused_with_both_versions_and_what_to_do()
    {
        var connection = await database.CreateDatabaseAsync();
        await RunAsync(connection, "INSERT INTO extenddb.migrations_history VALUES ('29990101000000_Future', '10.0.0')");

        var start = () => StartAsync(connection);

        (await start.Should().ThrowAsync<SchemaVersionException>())
            .WithMessage($"*29990101000000_Future, newer than {SchemaVersion.Required}*Update this application*")
            .Which.LastMigration.Should().Be("29990101000000_Future");
    }

    [Fact]
    public async Task Operation_without_a_host_is_refused_on_a_newer_database_too()
    {
        var connection = await database.CreateDatabaseAsync();
        await RunAsync(connection, "INSERT INTO extenddb.migrations_history VALUES ('29990101000000_Future', '10.0.0')");
        using var host = OperationsHost.Build(connection, services => services.AddExtendDb(connection));
        var db = (IExtendDb)host.Services.GetService(typeof(IExtendDb))!;

        var list = () => db.ListTablesAsync(new());

        await list.Should().ThrowAsync<SchemaVersionException>();
    }

    [Fact]
    public async Task Migrated_database_is_accepted()
    {
        var start = () => StartAsync(database.ConnectionString);

        await start.Should().NotThrowAsync();
    }

    [Theory]
    [InlineData("Propagation.Loops must be between 1 and 64")]
    [InlineData("Propagation.MaxBatchSize must be between 1 and 20000")]
    [InlineData("Propagation.MinPollInterval: 00:00:02 is longer than MaxPollInterval")]
    [InlineData("Propagation.MaxPollInterval must be between 00:00:00.0010000 and 00:01:00")]
    [InlineData("DefaultPropagationDelay must be between 00:00:00 and 1.00:00:00")]
    [InlineData("CatalogPollInterval must be between 00:00:00.0100000 and 00:01:00")]
    public async Task Option_out_of_range_stops_the_start_and_is_named(string problem)
    {
        var start = () => StartAsync(database.ConnectionString, options =>
        {
            switch (problem.Split(' ', ':')[0])
            {
                case "Propagation.Loops":
                    options.Propagation.Loops = 0;
                    break;
                case "Propagation.MaxBatchSize":
                    options.Propagation.MaxBatchSize = 0;
                    break;
                case "Propagation.MinPollInterval":
                    options.Propagation.MinPollInterval = TimeSpan.FromSeconds(2);
                    break;
                case "Propagation.MaxPollInterval":
                    options.Propagation.MaxPollInterval = TimeSpan.FromMinutes(2);
                    break;
                case "DefaultPropagationDelay":
                    options.DefaultPropagationDelay = TimeSpan.FromSeconds(-1);
                    break;
                default:
                    options.CatalogPollInterval = TimeSpan.Zero;
                    break;
            }
        });

        await start.Should().ThrowAsync<OptionsValidationException>().WithMessage($"*{problem}*");
    }

    private static async Task StartAsync(string connection, Action<ExtendDbOptions>? configure = null)
    {
        var own = OperationsHost.Own(connection);
        using var host = OperationsHost.Build(own, services => services.AddExtendDb(own, configure));
        await host.StartAsync();
        await host.StopAsync();
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> CreateDatabaseAsync(string encoding)
    {
        var name = $"encoding_{Guid.NewGuid():N}";
        await RunAsync(
            database.ConnectionString,
            $"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
        return new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = name, Pooling = false }.ConnectionString;
    }

    private sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options);
}
