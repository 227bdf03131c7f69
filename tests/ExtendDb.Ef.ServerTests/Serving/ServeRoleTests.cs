using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class ServeRoleTests(WireServer server) : IClassFixture<WireServer>
{
    private const string ToRead =
        "GRANT USAGE ON SCHEMA extenddb TO {0}; GRANT SELECT ON ALL TABLES IN SCHEMA extenddb TO {0}";

    [Theory]
    [InlineData("", "GRANT USAGE ON SCHEMA extenddb TO")]
    [InlineData(ToRead, "GRANT UPDATE, DELETE ON extenddb.items TO")]
    public async Task Role_that_lacks_rights_is_told_every_grant_in_one_line(string granted, string missing)
    {
        await using var role = await LoginRole.CreateAsync(await server.CreateDatabaseAsync(), granted);
        await using var process = ServeProcess.Start(role.ConnectionString, ["--urls", "http://127.0.0.1:0"]);

        (await process.ExitCodeAsync()).Should().Be(1);

        process.Output.Should().BeEmpty();
        process.Complaints.Should().StartWith("extenddb: The role of the connection lacks rights").And.Contain(missing)
            .And.NotContain("\n");
    }

    [Fact]
    public async Task Role_that_may_only_read_is_served_without_a_worker()
    {
        await using var role = await LoginRole.CreateAsync(await server.CreateDatabaseAsync(), ToRead);
        await using var process = ServeProcess.Start(role.ConnectionString, ["--urls", "http://127.0.0.1:0", "--no-worker"]);
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };

        var tables = await http.CallAsync("ListTables", "{}");

        tables.ToString().Should().Be("""200 {"TableNames":[]}""");
    }

    [Fact]
    public async Task Write_of_a_role_that_may_only_read_is_denied_and_not_to_be_sent_again()
    {
        await using var role = await LoginRole.CreateAsync(await server.CreateDatabaseAsync(), ToRead);
        await using var process = ServeProcess.Start(role.ConnectionString, ["--urls", "http://127.0.0.1:0", "--no-worker"]);
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };

        var created = await http.CallAsync(
            "CreateTable",
            """
            {"TableName":"Denied","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"Id","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"}]}
            """);

        created.ToString().Should().StartWith("400 ").And.Contain("AccessDeniedException").And.Contain("lacks the rights");
    }
}
