using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>Query through the SDK, with its paginator.</summary>
public sealed class QueryTests(WireServer server) : IClassFixture<WireServer>
{
    private const int Items = 7;

    [Fact]
    public async Task Pages_follow_one_another_by_LastEvaluatedKey()
    {
        var request = All(await FilledAsync(), limit: 3);

        var read = new List<string>();
        QueryResponse page;
        do
        {
            page = await server.Client.QueryAsync(request);
            page.Count.Should().Be(page.Items.Count);
            read.AddRange(page.Items.Select(item => item["Sort"].N));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (page.LastEvaluatedKey is { Count: > 0 });

        read.Should().Equal(Enumerable.Range(0, Items).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_limit_that_ends_with_the_last_item_leaves_one_empty_page()
    {
        var request = All(await FilledAsync(), limit: Items);

        var full = await server.Client.QueryAsync(request);
        request.ExclusiveStartKey = full.LastEvaluatedKey;
        var empty = await server.Client.QueryAsync(request);

        full.LastEvaluatedKey.Keys.Should().BeEquivalentTo("Id", "Sort");
        empty.Items.Should().BeEmpty();
        empty.LastEvaluatedKey.Should().BeNull();
    }

    [Fact]
    public async Task The_paginator_reads_every_item_once()
    {
        var request = All(await FilledAsync(), limit: 2);

        var read = new List<string>();
        await foreach (var page in server.Client.Paginators.Query(request).Responses)
        {
            read.AddRange(page.Items.Select(item => item["Sort"].N));
        }

        read.Should().Equal(Enumerable.Range(0, Items).Select(i => $"{i}"));
    }

    [Fact]
    public async Task The_paginator_goes_through_equal_keys_of_a_global_index()
    {
        var request = new QueryRequest(await FilledAsync())
        {
            IndexName = "by-group",
            KeyConditionExpression = "Sector = :group",
            ExpressionAttributeValues = Item((":group", S("even"))),
            Limit = 1,
        };
        await Waiting.ReadAsync(
            async () => (await server.Client.QueryAsync(new QueryRequest(request.TableName)
            {
                IndexName = request.IndexName,
                KeyConditionExpression = request.KeyConditionExpression,
                ExpressionAttributeValues = request.ExpressionAttributeValues,
                Select = Select.COUNT,
            })).Count,
            count => count == 4);

        var pages = new List<QueryResponse>();
        await foreach (var page in server.Client.Paginators.Query(request).Responses)
        {
            pages.Add(page);
        }

        pages.SelectMany(page => page.Items).Select(item => item["Sort"].N).Should().BeEquivalentTo("0", "2", "4", "6");
        pages[0].LastEvaluatedKey.Keys.Should().BeEquivalentTo("Id", "Sort", "Sector");
    }

    [Fact]
    public async Task COUNT_counts_and_returns_no_items()
    {
        var request = All(await FilledAsync());
        request.Select = Select.COUNT;
        request.FilterExpression = "Sector = :even";
        request.ExpressionAttributeValues[":even"] = S("even");

        var page = await server.Client.QueryAsync(request);

        page.Items.Should().BeNull();
        page.Count.Should().Be(4);
        page.ScannedCount.Should().Be(Items);
    }

    [Fact]
    public async Task A_filter_that_drops_everything_still_gives_the_key_to_go_on_from()
    {
        var request = All(await FilledAsync(), limit: 3);
        request.FilterExpression = "Sector = :none";
        request.ExpressionAttributeValues[":none"] = S("none");

        var page = await server.Client.QueryAsync(request);

        page.Items.Should().BeEmpty().And.NotBeNull();
        page.Count.Should().Be(0);
        page.ScannedCount.Should().Be(3);
        page.LastEvaluatedKey["Sort"].N.Should().Be("2");
    }

    [Fact]
    public async Task A_range_is_read_backwards_when_that_is_asked_for()
    {
        var request = All(await FilledAsync());
        request.KeyConditionExpression = "Id = :id AND Sort BETWEEN :from AND :to";
        request.ExpressionAttributeValues[":from"] = N(2);
        request.ExpressionAttributeValues[":to"] = N(4);
        request.ScanIndexForward = false;
        request.ConsistentRead = true;

        var page = await server.Client.QueryAsync(request);

        page.Items.Select(item => item["Sort"].N).Should().Equal("4", "3", "2");
    }

    [Fact]
    public async Task A_page_ends_at_1_MB_without_a_limit()
    {
        var table = await TableSpec.Of("Id:S Sort:N").CreateAsync(server.Client);
        for (var i = 0; i < 4; i++)
        {
            await server.Client.PutItemAsync(
                table, Item(("Id", S("1")), ("Sort", N(i)), ("Large", B(new byte[390_000]))));
        }

        var page = await server.Client.QueryAsync(All(table));

        page.Count.Should().Be(2);
        page.LastEvaluatedKey["Sort"].N.Should().Be("1");
    }

    private static QueryRequest All(string table, int? limit = null) => new(table)
    {
        KeyConditionExpression = "Id = :id",
        ExpressionAttributeValues = Item((":id", S("1"))),
        Limit = limit,
    };

    private async Task<string> FilledAsync()
    {
        var table = await TableSpec.Of("Id:S Sort:N").WithGlobal("by-group", "Sector:S").CreateAsync(server.Client);
        for (var i = 0; i < Items; i++)
        {
            await server.Client.PutItemAsync(
                table, Item(("Id", S("1")), ("Sort", N(i)), ("Sector", S(i % 2 == 0 ? "even" : "odd"))));
        }

        return table;
    }
}
