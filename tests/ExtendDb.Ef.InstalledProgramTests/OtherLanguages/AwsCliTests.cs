using System.Text.Json;
using ExtendDb.Ef.ServerTests;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>The AWS command line.</summary>
public sealed class AwsCliTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task The_command_line_creates_fills_queries_and_deletes_a_table()
    {
        await RunAsync(
            "create-table --table-name cli --billing-mode PAY_PER_REQUEST "
            + "--attribute-definitions AttributeName=Id,AttributeType=S AttributeName=Sort,AttributeType=N "
            + "--key-schema AttributeName=Id,KeyType=HASH AttributeName=Sort,KeyType=RANGE");
        await RunAsync("wait table-exists --table-name cli");
        await RunAsync("""put-item --table-name cli --item {"Id":{"S":"1"},"Sort":{"N":"2"},"Name":{"S":"two"}}""");

        var page = await RunAsync(
            """query --table-name cli --key-condition-expression Id=:id --expression-attribute-values {":id":{"S":"1"}}""");
        var refused = await EndAsync("get-item --table-name no-such-table --key {\"Id\":{\"S\":\"1\"}}");
        await RunAsync("delete-table --table-name cli");
        await RunAsync("wait table-not-exists --table-name cli");

        page.RootElement.GetProperty("Count").GetInt32().Should().Be(1);
        page.RootElement.GetProperty("Items")[0].GetProperty("Name").GetProperty("S").GetString().Should().Be("two");
        refused.ExitCode.Should().NotBe(0);
        refused.Error.Should().Contain(
            "An error occurred (ResourceNotFoundException) when calling the GetItem operation: Requested resource not found");
    }

    private async Task<JsonDocument> RunAsync(string command)
    {
        var ended = await EndAsync(command);

        ended.ExitCode.Should().Be(0, "{0} said: {1}", command, ended.Error);
        return JsonDocument.Parse(ended.Output.Length == 0 ? "{}" : ended.Output);
    }

    private Task<ChildProcess.Ended> EndAsync(string command) => ChildProcess.RunAsync(
        Programs.Aws.Location,
        ["dynamodb", .. command.Split(' '), "--endpoint-url", server.Url.ToString(), "--output", "json"]);
}
