using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests;

/// <summary>The whole way over the wire in one test; open this first.</summary>
public sealed class PutToQueryOverTheWireTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task An_item_put_by_an_AWS_SDK_is_found_in_its_global_index()
    {
        await server.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Music",
            KeySchema = [new("Artist", "HASH"), new("Song", "RANGE")],
            AttributeDefinitions = [new("Artist", "S"), new("Song", "S"), new("Released", "N")],
            BillingMode = "PAY_PER_REQUEST",
            GlobalSecondaryIndexes =
            [
                new()
                {
                    IndexName = "by-year",
                    KeySchema = [new("Released", "HASH")],
                    Projection = new() { ProjectionType = "ALL" },
                },
            ],
        });

        await server.Client.PutItemAsync("Music", new()
        {
            ["Artist"] = new("Arvo Pärt"),
            ["Song"] = new("Fratres"),
            ["Released"] = new() { N = "1977" },
        });

        var request = new QueryRequest("Music")
        {
            IndexName = "by-year",
            KeyConditionExpression = "Released = :year",
            ExpressionAttributeValues = new() { [":year"] = new() { N = "1977" } },
        };
        var page = await Waiting.ReadAsync(() => server.Client.QueryAsync(request), found => found.Count > 0);
        page.Items.Should().ContainSingle().Which["Song"].S.Should().Be("Fratres");
        page.LastEvaluatedKey.Should().BeNullOrEmpty();
    }
}
