using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class ServeRegionTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Configured = """{"ExtendDb":{"Region":"eu-north-1","AccountId":"123456789012"}}""";

    [Theory]
    [InlineData("eu-west-1:000000000000", null, null, null, "eu-west-1")]
    [InlineData("eu-west-2:000000000000", null, null, "eu-west-2", "eu-west-1")]
    [InlineData("local:000000000000", null, null, "", "")]
    [InlineData("eu-north-1:123456789012", null, Configured, "eu-west-2", "eu-west-1")]
    [InlineData("sa-east-1:123456789012", "sa-east-1", Configured, "eu-west-2", "eu-west-1")]
    public async Task Region_is_that_of_the_command_the_configuration_or_the_environment(
        string expected, string? chosen, string? settings, string? region, string? defaultRegion)
    {
        var table = await server.CreateTableAsync();
        using var folder = settings is null ? null : new ServedFolder().WithSettings(settings);
        await using var process = ServeProcess.Start(
            server.ConnectionString,
            ["--urls", "http://127.0.0.1:0", .. chosen is null ? Array.Empty<string>() : ["--region", chosen]],
            folder?.Path,
            [
                .. region is null ? Array.Empty<(string, string)>() : [("AWS_REGION", region)],
                .. defaultRegion is null ? Array.Empty<(string, string)>() : [("AWS_DEFAULT_REGION", defaultRegion)],
            ]);
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };

        var described = await http.CallAsync("DescribeTable", $$"""{"TableName":"{{table}}"}""");

        described.Json.GetProperty("Table").GetProperty("TableArn").GetString()
            .Should().Be($"arn:aws:dynamodb:{expected}:table/{table}");
    }

    [Fact]
    public async Task Region_that_is_none_is_said_in_one_line()
    {
        await using var process = ServeProcess.Start(
            server.ConnectionString, ["--urls", "http://127.0.0.1:0", "--region", "eu:west"]);

        (await process.ExitCodeAsync()).Should().Be(1);
        process.Complaints.Should().StartWith("extenddb: ").And.Contain("Region").And.NotContain("\n");
    }
}
