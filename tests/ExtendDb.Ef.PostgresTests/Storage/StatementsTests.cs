using System.Reflection;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage;

/// <summary>The files in Sql/ fit the schema of the last migration.</summary>
public class StatementsTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    public static TheoryData<string> Names => [.. Fields.Keys];

    // What the server runs and does not plan cannot be prepared.
    public static TheoryData<string> Prepared =>
        [.. Fields.Keys.Where(name => !name.StartsWith("Savepoint", StringComparison.Ordinal))];

    private static Dictionary<string, string> Fields => typeof(Statements)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .ToDictionary(f => f.Name, f => (string)f.GetValue(null)!);

    [Theory]
    [MemberData(nameof(Prepared))]
    public async Task Statement_can_be_prepared_against_the_migrated_schema(string name)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"PREPARE {name} AS {Fields[name]}", connection);

        var prepare = () => command.ExecuteNonQueryAsync();

        await prepare.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Savepoint_is_set_undone_and_released()
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        var statements = () => RunAsync(
            connection, Statements.SavepointSet, "CREATE TABLE undone ()", Statements.SavepointUndo,
            Statements.SavepointRelease, "CREATE TABLE undone ()");

        await statements.Should().NotThrowAsync();
    }

    [Fact]
    public void Every_embedded_file_is_one_of_the_statements()
    {
        var files = typeof(Statements).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal));

        files.Should().HaveCount(Fields.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Statement_begins_with_what_it_does(string name) =>
        Fields[name].Should().StartWith("-- ");

    private static async Task RunAsync(NpgsqlConnection connection, params string[] statements)
    {
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
