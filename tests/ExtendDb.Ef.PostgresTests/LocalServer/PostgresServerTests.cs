using ExtendDb.Ef.Local;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public class PostgresServerTests
{
    private static readonly PostgresServer Container = new("Host=container", owner: null);

    [Fact]
    public async Task Given_server_wins_over_a_container()
    {
        var server = await PostgresServer.StartAsync(
            "Host=given", folder: "/opt/postgresql-18/bin", () => throw Unasked(), () => throw Unasked());

        server.ConnectionString.Should().Be("Host=given");
    }

    [Fact]
    public async Task Container_wins_over_the_programs_of_the_machine()
    {
        var server = await PostgresServer.StartAsync(
            given: "", folder: "", () => Task.FromResult<PostgresServer?>(Container), () => throw Unasked());

        server.Should().BeSameAs(Container);
    }

    [Fact]
    public async Task Programs_whose_folder_is_named_win_over_a_container()
    {
        await using var local = await LocalPostgres.StartAsync();

        var server = await PostgresServer.StartAsync(
            given: null, folder: "/opt/postgresql-18/bin", () => throw Unasked(), () => Task.FromResult(local));

        server.Local.Should().BeSameAs(local);
    }

    [Fact]
    public async Task Without_a_Docker_engine_the_programs_of_the_machine_are_used()
    {
        await using var local = await LocalPostgres.StartAsync();

        var server = await PostgresServer.StartAsync(
            given: null, folder: null, () => Task.FromResult<PostgresServer?>(null), () => Task.FromResult(local));

        server.Local.Should().BeSameAs(local);
    }

    [Theory]
    [InlineData("apt-get install postgresql")]
    [InlineData("Docker")]
    [InlineData("EXTENDDB_TEST_POSTGRES")]
    public async Task Without_any_server_the_error_says_what_to_install(string advice)
    {
        var start = () => PostgresServer.StartAsync(
            given: null,
            folder: null,
            () => Task.FromResult<PostgresServer?>(null),
            () => Task.FromException<LocalPostgres>(MissingPrograms()));

        await start.Should().ThrowAsync<LocalPostgresException>().WithMessage($"*{advice}*");
    }

    private static InvalidOperationException Unasked() => new("A later server was asked for.");

    private static LocalPostgresException MissingPrograms()
    {
        try
        {
            PostgresBinaries.Find(givenFolder: null, _ => null, usualFolders: []);
            throw new InvalidOperationException("Programs were found in no folder.");
        }
        catch (LocalPostgresException missing)
        {
            return missing;
        }
    }
}
