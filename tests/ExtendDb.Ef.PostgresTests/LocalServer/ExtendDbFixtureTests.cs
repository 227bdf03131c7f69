using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public class ExtendDbFixtureTests
{
    [Fact]
    public async Task Database_of_the_class_is_migrated()
    {
        await using var fixture = await StartAsync();

        (await CountTablesAsync(fixture.Value.ConnectionString)).Should().BePositive();
    }

    [Fact]
    public async Task Databases_of_two_classes_are_separate()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        await Sql.ScalarAsync(first.Value.ConnectionString, "CREATE TABLE mine (id int)");

        (await Sql.ScalarAsync(second.Value.ConnectionString, "SELECT to_regclass('mine') IS NULL")).Should().Be(true);
    }

    [Fact]
    public async Task Database_that_is_not_migrated_is_empty()
    {
        await using var fixture = await StartAsync();

        var empty = await fixture.Value.CreateDatabaseAsync(migrated: false);

        (await CountTablesAsync(empty)).Should().Be(0);
    }

    [Fact]
    public async Task Databases_are_dropped_even_while_somebody_is_connected()
    {
        await using var fixture = await StartAsync();
        var name = new NpgsqlConnectionStringBuilder(fixture.Value.ConnectionString).Database;
        await using var connection = new NpgsqlConnection(fixture.Value.ConnectionString);
        await connection.OpenAsync();

        await fixture.Value.DisposeAsync();

        var server = await PostgresServer.GetAsync();
        (await Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM pg_database WHERE datname = $1", name!))
            .Should().Be(0L);
    }

    [Fact]
    public async Task Four_makers_of_one_template_at_once_make_it_once()
    {
        var server = await PostgresServer.GetAsync();
        var name = $"extenddb_test_template_{Guid.NewGuid():N}";

        var makers = Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => TemplateDatabase.EnsureAsync(server, name, default)));

        await Task.WhenAll(makers);
        var made = await IdOfAsync(server, name);
        await TemplateDatabase.EnsureAsync(server, name, default);

        (await IdOfAsync(server, name)).Should().Be(made);
        await DatabaseCommands.DropAsync(server, name, default);
    }

    [Fact]
    public async Task Template_that_was_left_half_made_is_not_used()
    {
        var server = await PostgresServer.GetAsync();
        var name = $"extenddb_test_template_{Guid.NewGuid():N}";
        await DatabaseCommands.CreateAsync(server, name, DatabaseCommands.Empty, default);
        var halfMade = await IdOfAsync(server, name);

        await TemplateDatabase.EnsureAsync(server, name, default);

        (await IdOfAsync(server, name)).Should().NotBe(halfMade);
        await DatabaseCommands.DropAsync(server, name, default);
    }

    [Fact]
    public async Task Copy_waits_for_a_connection_to_its_template_to_end()
    {
        var server = await PostgresServer.GetAsync();
        var (template, copy) = ($"extenddb_test_{Guid.NewGuid():N}", $"extenddb_test_{Guid.NewGuid():N}");
        await DatabaseCommands.CreateAsync(server, template, DatabaseCommands.Empty, default);
        var connection = new NpgsqlConnection(DatabaseCommands.WithoutPool(server.ConnectionStringFor(template)));
        await connection.OpenAsync();

        var creation = DatabaseCommands.CreateAsync(server, copy, template, default);
        await WaitUntilCopyingAsync(server, template);
        await connection.DisposeAsync();

        await creation.Invoking(waiting => waiting).Should().NotThrowAsync();
        await DatabaseCommands.DropAsync(server, copy, default);
        await DatabaseCommands.DropAsync(server, template, default);
    }

    [Fact]
    public void Name_of_a_template_is_never_longer_than_PostgreSQL_keeps()
    {
        var name = TemplateDatabase.NameFor("20260101000000_" + new string('x', 100));

        name.Length.Should().BeLessThanOrEqualTo(63);
    }

    private static async Task<Running> StartAsync()
    {
        var fixture = new ExtendDbFixture();
        await fixture.InitializeAsync();
        return new Running(fixture);
    }

    private static Task<object?> IdOfAsync(PostgresServer server, string name) =>
        Sql.ScalarAsync(server.ConnectionString, "SELECT oid::bigint FROM pg_database WHERE datname = $1", name);

    private static async Task<long> CountTablesAsync(string connectionString) =>
        (long)(await Sql.ScalarAsync(
            connectionString,
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'extenddb'"))!;

    /// <summary>Waits until CREATE DATABASE from the template is under way.</summary>
    private static Task WaitUntilCopyingAsync(PostgresServer server, string template) => Waiting.UntilAsync(
        async () => await Sql.ScalarAsync(
            server.ConnectionString,
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE%' || $1 || '%')",
            template) is true,
        "the template is being copied");

    private sealed record Running(ExtendDbFixture Value) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Value.DisposeAsync();
    }
}
