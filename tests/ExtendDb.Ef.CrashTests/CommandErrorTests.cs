using System.Diagnostics;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

/// <summary>What the command line says when it cannot do what it is told: one line each, which names what was meant.</summary>
public class CommandErrorTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Theory]
    [InlineData(2, "Unrecognized command or argument 'frobnicate'. 'extenddb --help' shows how to use it.", "frobnicate")]
    [InlineData(2, "Is verify meant?", "verfy")]
    [InlineData(2, "Is --table meant? 'extenddb verify --help' shows how to use it.", "verify", "--tabel", "x")]
    [InlineData(2, "--loops goes from 1 to 64. 'extenddb worker --help' shows how to use it.", "worker", "--loops", "0")]
    [InlineData(2, "--interval goes from 1 to 3,600 seconds.", "lag", "--watch", "--interval", "0")]
    [InlineData(2, "'extenddb quarantine list --help' shows how to use it.", "quarantine", "list", "--nope")]
    [InlineData(2, "-inMemory is an option of DynamoDB Local. extenddb serve --in-memory", "-inMemory")]
    [InlineData(2, "--connection is empty.", "status", "--connection", "")]
    [InlineData(2, "--connection cannot be read as a connection string.", "status", "--connection", "nonsense")]
    [InlineData(2, "It names no host", "status", "--connection", "Database=x")]
    [InlineData(2, "has the parameter nosuch", "status", "--connection", "postgresql://h/d?nosuch=1")]
    [InlineData(1, "the database d on 127.0.0.1:1 (--connection): Failed to connect", "status", "--connection", "postgresql://u@127.0.0.1:1/d")]
    [InlineData(1, "the database d on nowhere.invalid:5432 (--connection): ", "lag", "--connection", "Host=nowhere.invalid;Database=d;Username=u")]
    [InlineData(1, "'/no/such/keys'", "serve", "--access-keys", "/no/such/keys")]
    [InlineData(1, "--urls: 'here' is no address to listen on", "serve", "--urls", "here")]
    [InlineData(1, "--urls: 'here' is no address to listen on", "worker", "--urls", "here")]
    [InlineData(1, "http://0.0.0.0:8000 (--urls) can be reached by other machines", "serve", "--urls", "http://0.0.0.0:8000")]
    [InlineData(1, "Table: NoSuchTable not found", "lag", "--table", "NoSuchTable")]
    [InlineData(1, "Table: NoSuchTable not found", "repair", "--table", "NoSuchTable")]
    public async Task Error_is_one_line_that_names_what_was_meant(int exitCode, string text, params string[] arguments)
    {
        var run = await ExtendDbProcess.RunAsync(fixture.ConnectionString, arguments);

        run.Errors.Trim().Should().StartWith("extenddb: ").And.Contain(text).And.NotContain("\n");
        run.ExitCode.Should().Be(exitCode);
    }

    [Fact]
    public async Task Index_that_a_table_lacks_is_refused_with_those_it_has()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);

        var run = await ExtendDbProcess.RunAsync(connectionString, "verify", "--table", Orders.Table, "--index", "by-stat");

        run.Errors.Should().Contain("Index: by-stat of table Orders, which has by-number, by-state, by-total.");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("lag")]
    [InlineData("streams list")]
    [InlineData("quarantine list")]
    public async Task Database_without_a_schema_is_refused_alike_by_all_that_show_it(string command)
    {
        var empty = await fixture.CreateDatabaseAsync(migrated: false);

        var run = await ExtendDbProcess.RunAsync(empty, command.Split(' '));

        (run.ExitCode, run.Errors).Should().Be((1, (await ExtendDbProcess.RunAsync(empty, "status")).Errors));
        run.Errors.Should().Contain("extenddb migrate");
    }

    [Fact]
    public async Task Migrate_creates_a_database_only_when_it_is_told_to()
    {
        var missing = new NpgsqlConnectionStringBuilder(fixture.ConnectionString) { Database = "mispelled" }.ConnectionString;

        var refused = await ExtendDbProcess.RunAsync(missing, "migrate");
        var created = await ExtendDbProcess.RunAsync(missing, "migrate", "--create-database");
        var again = await ExtendDbProcess.RunAsync(missing, "migrate");

        refused.ExitCode.Should().Be(1);
        refused.Errors.Should().Contain("\"mispelled\" does not exist").And.Contain("extenddb migrate --create-database");
        (created.ExitCode, again.ExitCode).Should().Be((0, 0), created.Errors + again.Errors);
    }

    [Fact]
    public async Task Password_that_is_wrong_is_refused_with_the_places_of_passwords()
    {
        var wrong = new NpgsqlConnectionStringBuilder(fixture.ConnectionString) { Password = "wrong" }.ConnectionString;

        var run = await ExtendDbProcess.RunAsync(wrong, "status");

        run.ExitCode.Should().Be(1);
        run.Errors.Should().Contain("(EXTENDDB_CONNECTION)").And.Contain("PGPASSWORD or ~/.pgpass").And.NotContain("=wrong");
    }

    [Fact]
    public async Task Password_on_the_command_line_is_warned_of_and_one_in_the_environment_is_not()
    {
        var parts = new NpgsqlConnectionStringBuilder(fixture.ConnectionString);
        var uri = $"postgresql://{parts.Username}:{Uri.EscapeDataString(parts.Password!)}@{parts.Host}:{parts.Port}/{parts.Database}";

        var shown = await ExtendDbProcess.RunAsync("unused", "status", "--connection", uri);
        var hidden = await ExtendDbProcess.RunAsync(uri, "status");

        (shown.ExitCode, hidden.ExitCode).Should().Be((0, 0), shown.Errors + hidden.Errors);
        shown.Errors.Should().Contain("the list of processes shows the password in --connection").And.NotContain(parts.Password);
        hidden.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task Configuration_that_cannot_be_read_is_refused_by_the_name_of_its_file()
    {
        var folder = Directory.CreateTempSubdirectory("extenddb-config-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), "{ \"ExtendDb\": ");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), "worker"])
        {
            WorkingDirectory = folder.FullName,
            Environment = { ["EXTENDDB_CONNECTION"] = fixture.ConnectionString },
        };
        await using var worker = ChildProgram.Start(start);

        var exitCode = await worker.ExitCodeAsync();

        folder.Delete(recursive: true);
        exitCode.Should().Be(1);
        worker.Errors.Should().Contain(folder.FullName).And.NotContain("   at ");
    }
}
