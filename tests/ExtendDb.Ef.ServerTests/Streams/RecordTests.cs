using System.Text.Json;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Streams;

/// <summary>Which members a record has on the wire.</summary>
public sealed class RecordTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task Records_have_the_members_of_DynamoDB()
    {
        var began = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var stream = await WireStream.CreateAsync(server.Http);
        await stream.PutAsync("a", 1);
        await stream.PutAsync("a", 20);
        await stream.DeleteAsync("a");

        var records = await stream.AllAsync();

        records.Should().OnlyContain(record => Names(record) == "awsRegion dynamodb eventID eventName eventSource eventVersion");
        records.Select(record => Text(record, "eventName")).Should().Equal("INSERT", "MODIFY", "REMOVE");
        records.Should().OnlyContain(record => Text(record, "eventVersion") == "1.1" && Text(record, "eventSource") == "aws:dynamodb");
        records.Should().OnlyContain(record => Text(record, "awsRegion") == stream.Arn.Split(':')[3]);
        records.Select(record => Text(record, "eventID")).Should().OnlyHaveUniqueItems();
        var changes = records.Select(record => record.GetProperty("dynamodb")).ToList();
        changes.Select(Names).Should().Equal(
            "ApproximateCreationDateTime Keys NewImage SequenceNumber SizeBytes StreamViewType",
            "ApproximateCreationDateTime Keys NewImage OldImage SequenceNumber SizeBytes StreamViewType",
            "ApproximateCreationDateTime Keys OldImage SequenceNumber SizeBytes StreamViewType");
        changes.Should().OnlyContain(change => change.GetProperty("Keys").GetRawText() == """{"p":{"S":"a"}}""");
        changes.Should().OnlyContain(change => Text(change, "StreamViewType") == "NEW_AND_OLD_IMAGES");
        changes[1].GetProperty("OldImage").GetProperty("n").GetRawText().Should().Be("""{"N":"1"}""");
        changes[1].GetProperty("NewImage").GetProperty("n").GetRawText().Should().Be("""{"N":"20"}""");
        changes.Select(change => Text(change, "SequenceNumber")).Should().Equal(
            "000000000000000000001", "000000000000000000002", "000000000000000000003");
        changes[0].GetProperty("ApproximateCreationDateTime").GetInt64()
            .Should().BeInRange(began - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60);
    }

    [Theory]
    [InlineData("KEYS_ONLY", 2, "Keys")]
    [InlineData("NEW_IMAGE", 7, "Keys NewImage")]
    [InlineData("OLD_IMAGE", 7, "Keys OldImage")]
    [InlineData("NEW_AND_OLD_IMAGES", 12, "Keys NewImage OldImage")]
    public async Task View_type_decides_which_images_a_record_has_and_counts(string viewType, int size, string content)
    {
        var stream = await WireStream.CreateAsync(server.Http, viewType);
        await stream.PutAsync("a", 1);
        await stream.PutAsync("a", 2);

        var change = (await stream.AllAsync())[1].GetProperty("dynamodb");

        Names(change).Should().Be($"ApproximateCreationDateTime {content} SequenceNumber SizeBytes StreamViewType");
        change.GetProperty("SizeBytes").GetInt64().Should().Be(size);
        Text(change, "StreamViewType").Should().Be(viewType);
    }

    [Fact]
    public async Task Deletion_of_an_expired_item_names_the_service()
    {
        var stream = await WireStream.CreateAsync(server.Http);
        await server.Http.CallAsync("UpdateTimeToLive", $$$"""
            {"TableName":"{{{stream.TableName}}}","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"n"} }
            """);
        await stream.PutAsync("a", (int)DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1);

        var records = await Waiting.ReadAsync(stream.AllAsync, read => read.Count > 1);

        Text(records[1], "eventName").Should().Be("REMOVE");
        records[1].GetProperty("userIdentity").GetRawText()
            .Should().Be("""{"principalId":"dynamodb.amazonaws.com","type":"Service"}""");
    }

    [Fact]
    public async Task Every_type_is_in_an_image_as_GetItem_answers_it()
    {
        var stream = await WireStream.CreateAsync(server.Http);
        const string item = """
            {"p":{"S":"a"},"n":{"N":"1500"},"b":{"B":"AQI="},"t":{"BOOL":true},"u":{"NULL":true},"m":{"M":{"l":{"L":[{"S":"ä"}]}}},"ss":{"SS":["a","b"]}}
            """;
        await server.Http.CallAsync("PutItem", $$"""{"TableName":"{{stream.TableName}}","Item":{{item}}}""");

        var image = (await stream.AllAsync()).Single().GetProperty("dynamodb").GetProperty("NewImage");

        var got = await server.Http.CallAsync("GetItem", $$$"""{"TableName":"{{{stream.TableName}}}","Key":{"p":{"S":"a"}} }""");
        JsonElement.DeepEquals(image, got.Json.GetProperty("Item")).Should().BeTrue(image.GetRawText());
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private static string Names(JsonElement json) =>
        string.Join(' ', json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
}
