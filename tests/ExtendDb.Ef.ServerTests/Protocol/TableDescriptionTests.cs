using System.Net;
using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>Which members describe a table on the wire.</summary>
public sealed class TableDescriptionTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Warm = """{"ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":4000,"Status":"ACTIVE"}""";

    [Fact]
    public async Task DeleteTable_answers_neither_creation_time_nor_key_nor_indexes()
    {
        var table = await server.CreateTableAsync();

        var deleted = (await server.Http.CallAsync("DeleteTable", $$"""{"TableName":"{{table}}"}"""))
            .Json.GetProperty("TableDescription");

        deleted.EnumerateObject().Select(member => member.Name).Should()
            .NotContain([
                "CreationDateTime", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes",
            ])
            .And.Contain(["TableName", "TableId", "TableArn", "TableStatus", "ProvisionedThroughput", "WarmThroughput"]);
    }

    [Fact]
    public async Task New_table_and_its_index_are_warm_as_Terraform_waits_for()
    {
        var table = await server.CreateTableAsync();

        var described = await DescribeAsync(table);

        Text(described.GetProperty("WarmThroughput")).Should().Be(Warm);
        Text(described.GetProperty("GlobalSecondaryIndexes")[0].GetProperty("WarmThroughput")).Should().Be(Warm);
        described.TryGetProperty("OnDemandThroughput", out _).Should().BeFalse();
        described.GetProperty("GlobalSecondaryIndexes")[0].TryGetProperty("OnDemandThroughput", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Maxima_and_warm_throughput_are_created_updated_and_described()
    {
        var table = $"wire_{Guid.NewGuid():N}";
        var created = await server.Http.CallAsync("CreateTable", $$$$"""
            {"TableName":"{{{{table}}}}","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
            "OnDemandThroughput":{"MaxReadRequestUnits":10},"WarmThroughput":{"WriteUnitsPerSecond":5000},
            "GlobalSecondaryIndexes":[{"IndexName":"by-p","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"ALL"},"OnDemandThroughput":{"MaxWriteRequestUnits":7}}]}
            """);
        var updated = await server.Http.CallAsync("UpdateTable", $$$$"""
            {"TableName":"{{{{table}}}}","OnDemandThroughput":{"MaxReadRequestUnits":-1,"MaxWriteRequestUnits":20}}
            """);
        await server.Http.CallAsync("UpdateTable", $$$$"""
            {"TableName":"{{{{table}}}}","GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"by-p","WarmThroughput":{"ReadUnitsPerSecond":13000} } }]}
            """);

        var described = await DescribeAsync(table);

        Text(created.Json.GetProperty("TableDescription").GetProperty("OnDemandThroughput"))
            .Should().Be("""{"MaxReadRequestUnits":10}""");
        updated.Status.Should().Be(HttpStatusCode.OK);
        Text(described.GetProperty("OnDemandThroughput")).Should().Be("""{"MaxWriteRequestUnits":20}""");
        Text(described.GetProperty("WarmThroughput"))
            .Should().Be("""{"ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":5000,"Status":"ACTIVE"}""");
        var index = described.GetProperty("GlobalSecondaryIndexes")[0];
        Text(index.GetProperty("OnDemandThroughput")).Should().Be("""{"MaxWriteRequestUnits":7}""");
        Text(index.GetProperty("WarmThroughput"))
            .Should().Be("""{"ReadUnitsPerSecond":13000,"WriteUnitsPerSecond":4000,"Status":"ACTIVE"}""");
    }

    private static string Text(JsonElement json) => json.GetRawText();

    private async Task<JsonElement> DescribeAsync(string table) =>
        (await server.Http.CallAsync("DescribeTable", $$"""{"TableName":"{{table}}"}""")).Json.GetProperty("Table");
}
