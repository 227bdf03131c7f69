using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>The numbers beside the answers: ConsumedCapacity and ItemCollectionMetrics, as the SDK reads them.</summary>
public sealed class CapacityTests(WireServer server) : IClassFixture<WireServer>
{
    private static readonly Dictionary<string, AttributeValue> New = Item(
        ("Id", S("1")), ("Sort", N(1)), ("Year", N(1977)), ("Place", S("Tallinn")));

    [Fact]
    public async Task INDEXES_counts_the_table_and_each_index()
    {
        var table = await CreateAsync();

        var capacity = (await server.Client.PutItemAsync(new PutItemRequest(table, New)
        {
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        })).ConsumedCapacity;

        capacity.TableName.Should().Be(table);
        capacity.CapacityUnits.Should().Be(3);
        capacity.Table.CapacityUnits.Should().Be(1);
        capacity.GlobalSecondaryIndexes.Should().ContainSingle().Which.Should().Match<KeyValuePair<string, Capacity>>(
            index => index.Key == "by-year" && index.Value.CapacityUnits == 1);
        capacity.LocalSecondaryIndexes.Should().ContainSingle().Which.Should().Match<KeyValuePair<string, Capacity>>(
            index => index.Key == "by-place" && index.Value.CapacityUnits == 1);
    }

    [Fact]
    public async Task TOTAL_counts_all_in_one_number()
    {
        var table = await CreateAsync();

        var capacity = (await server.Client.PutItemAsync(new PutItemRequest(table, New)
        {
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        })).ConsumedCapacity;

        capacity.CapacityUnits.Should().Be(3);
        capacity.Table.Should().BeNull();
        capacity.GlobalSecondaryIndexes.Should().BeNull();
    }

    [Fact]
    public async Task Without_being_asked_nothing_is_counted()
    {
        var table = await CreateAsync();

        var response = await server.Client.PutItemAsync(table, New);

        response.ConsumedCapacity.Should().BeNull();
        response.ItemCollectionMetrics.Should().BeNull();
    }

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 1)]
    public async Task A_read_costs_half_when_it_is_eventually_consistent(bool consistent, double expected)
    {
        var table = await CreateAsync();
        await server.Client.PutItemAsync(table, New);

        var response = await server.Client.GetItemAsync(new GetItemRequest(table, Item(("Id", S("1")), ("Sort", N(1))))
        {
            ConsistentRead = consistent,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });

        response.ConsumedCapacity.CapacityUnits.Should().Be(expected);
    }

    [Fact]
    public async Task A_query_of_an_index_is_counted_on_the_index()
    {
        var table = await CreateAsync();
        await server.Client.PutItemAsync(table, New);

        var capacity = (await server.Client.QueryAsync(new QueryRequest(table)
        {
            IndexName = "by-place",
            KeyConditionExpression = "Id = :id",
            ExpressionAttributeValues = Item((":id", S("1"))),
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        })).ConsumedCapacity;

        capacity.LocalSecondaryIndexes["by-place"].CapacityUnits.Should().Be(0.5);
        capacity.Table.CapacityUnits.Should().Be(0);
    }

    [Fact]
    public async Task The_size_of_an_item_collection_is_a_range_of_gigabytes()
    {
        var table = await CreateAsync();

        var metrics = (await server.Client.PutItemAsync(new PutItemRequest(table, New)
        {
            ReturnItemCollectionMetrics = ReturnItemCollectionMetrics.SIZE,
        })).ItemCollectionMetrics;

        metrics.ItemCollectionKey.Should().ContainSingle().Which.Value.S.Should().Be("1");
        metrics.SizeEstimateRangeGB.Should().Equal(0, 1);
    }

    [Fact]
    public async Task A_batch_counts_by_table_and_measures_each_collection()
    {
        var table = await CreateAsync();
        var other = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var response = await server.Client.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new()
            {
                [table] = [new(new PutRequest(New))],
                [other] = [new(new PutRequest(Item(("Id", S("1"))))), new(new DeleteRequest(Item(("Id", S("2")))))],
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            ReturnItemCollectionMetrics = ReturnItemCollectionMetrics.SIZE,
        });

        response.ConsumedCapacity.ToDictionary(c => c.TableName, c => c.CapacityUnits)
            .Should().BeEquivalentTo(new Dictionary<string, double?> { [table] = 3, [other] = 2 });
        response.ItemCollectionMetrics.Should().ContainSingle().Which.Key.Should().Be(table);
    }

    [Fact]
    public async Task A_transaction_costs_double_and_says_whether_it_read_or_wrote()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var written = await server.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems = [new() { Put = new() { TableName = table, Item = Item(("Id", S("1"))) } }],
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });
        var read = await server.Client.TransactGetItemsAsync(new TransactGetItemsRequest
        {
            TransactItems = [new() { Get = new() { TableName = table, Key = Item(("Id", S("1"))) } }],
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });

        written.ConsumedCapacity.Should().ContainSingle().Which.WriteCapacityUnits.Should().Be(2);
        read.ConsumedCapacity.Should().ContainSingle().Which.ReadCapacityUnits.Should().Be(2);
    }

    private Task<string> CreateAsync() => TableSpec.Of("Id:S Sort:N")
        .WithGlobal("by-year", "Year:N").WithLocal("by-place", "Id:S Place:S").CreateAsync(server.Client);
}
