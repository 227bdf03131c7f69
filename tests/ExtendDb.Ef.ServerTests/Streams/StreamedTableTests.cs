using System.Text.Json;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Streams;

/// <summary>How a table says that it has a stream, over the wire.</summary>
public sealed class StreamedTableTests(WireServer server) : IClassFixture<WireServer>
{
    private const string BothImages = """{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}""";

    [Fact]
    public async Task Table_that_is_created_with_a_stream_shows_it_and_its_ARN_at_once()
    {
        var created = await CreateAsync($",\"StreamSpecification\":{BothImages}");

        var table = created.Json.GetProperty("TableDescription");
        table.GetProperty("StreamSpecification").GetRawText().Should().Be(BothImages);
        var label = table.GetProperty("LatestStreamLabel").GetString();
        label.Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$");
        table.GetProperty("LatestStreamArn").GetString()
            .Should().Be($"{table.GetProperty("TableArn").GetString()}/stream/{label}");
        var described = await DescribeAsync(table.GetProperty("TableName").GetString()!);
        described.GetProperty("StreamSpecification").GetRawText().Should().Be(BothImages);
        described.GetProperty("LatestStreamLabel").GetString().Should().Be(label);
    }

    [Fact]
    public async Task Table_without_a_stream_shows_none()
    {
        var created = await CreateAsync("");

        var table = created.Json.GetProperty("TableDescription");
        table.EnumerateObject().Select(member => member.Name)
            .Should().NotContain(["StreamSpecification", "LatestStreamLabel", "LatestStreamArn"]);
    }

    [Fact]
    public async Task Stream_is_enabled_and_disabled_by_UpdateTable_and_its_ARN_stays()
    {
        var name = (await CreateAsync("")).Json.GetProperty("TableDescription").GetProperty("TableName").GetString()!;

        var enabled = await UpdateAsync(name, BothImages);

        var updating = enabled.Json.GetProperty("TableDescription");
        updating.GetProperty("StreamSpecification").GetRawText().Should().Be(BothImages);
        updating.GetProperty("TableStatus").GetString().Should().Be("UPDATING");
        var arn = updating.GetProperty("LatestStreamArn").GetString();
        await Waiting.ReadAsync(() => DescribeAsync(name), table => table.GetProperty("TableStatus").GetString() == "ACTIVE");
        var disabled = await UpdateAsync(name, """{"StreamEnabled":false}""");
        var without = disabled.Json.GetProperty("TableDescription");
        without.TryGetProperty("StreamSpecification", out _).Should().BeFalse();
        without.GetProperty("LatestStreamArn").GetString().Should().Be(arn);
    }

    [Fact]
    public async Task Stream_is_described_with_its_table_and_listed()
    {
        var stream = await WireStream.CreateAsync(server.Http);

        var described = (await stream.DescribeAsync()).GetProperty("StreamDescription");
        var listed = await server.Http.CallAsync("ListStreams", $$"""{"TableName":"{{stream.TableName}}"}""");

        described.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo(
            "StreamArn",
            "StreamLabel",
            "StreamStatus",
            "StreamViewType",
            "CreationRequestDateTime",
            "TableName",
            "KeySchema",
            "Shards");
        described.GetProperty("StreamStatus").GetString().Should().Be("ENABLED");
        described.GetProperty("CreationRequestDateTime").ValueKind.Should().Be(JsonValueKind.Number);
        described.GetProperty("KeySchema").GetRawText().Should().Be("""[{"AttributeName":"p","KeyType":"HASH"}]""");
        described.GetProperty("Shards")[0].GetProperty("SequenceNumberRange").GetRawText()
            .Should().Be("""{"StartingSequenceNumber":"000000000000000000001"}""");
        JsonElement.DeepEquals(listed.Json, JsonSerializer.SerializeToElement(new
        {
            Streams = new[]
            {
                new
                {
                    StreamArn = stream.Arn,
                    TableName = stream.TableName,
                    StreamLabel = described.GetProperty("StreamLabel").GetString(),
                },
            },
        })).Should().BeTrue(listed.ToString());
    }

    [Theory]
    [InlineData("CreateTable")]
    [InlineData("UpdateTable")]
    public async Task Unknown_view_type_is_shown_with_the_known_ones(string operation)
    {
        const string unknown = """{"StreamEnabled":true,"StreamViewType":"ALL"}""";

        var answer = operation == "CreateTable"
            ? await CreateAsync($",\"StreamSpecification\":{unknown}")
            : await UpdateAsync("any", unknown);

        answer.Type.Should().Be("com.amazon.coral.validate#ValidationException");
        answer.Message.Should().Be(
            "1 validation error detected: Value 'ALL' at 'streamSpecification.streamViewType' failed to satisfy constraint: "
            + "Member must satisfy enum value set: [NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]");
    }

    private Task<WireAnswer> CreateAsync(string members) => server.Http.CallAsync("CreateTable", $$$"""
        {"TableName":"wire_{{{Guid.NewGuid():N}}}","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"{{{members}}}}
        """);

    private Task<WireAnswer> UpdateAsync(string table, string stream) =>
        server.Http.CallAsync("UpdateTable", $$"""{"TableName":"{{table}}","StreamSpecification":{{stream}}}""");

    private async Task<JsonElement> DescribeAsync(string table) =>
        (await server.Http.CallAsync("DescribeTable", $$"""{"TableName":"{{table}}"}""")).Json.GetProperty("Table");
}
