using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>BatchWriteItem and BatchGetItem through the SDK.</summary>
public sealed class BatchTests(WireServer server) : IClassFixture<WireServer>
{
    private const int LargeBytes = 390_000;

    [Fact]
    public async Task A_batch_puts_and_deletes_in_several_tables()
    {
        var (first, second) = (await CreateAsync(), await CreateAsync());
        await server.Client.PutItemAsync(second, Item(("Id", S("old"))));

        var response = await server.Client.BatchWriteItemAsync(new BatchWriteItemRequest(new()
        {
            [first] = [new(new PutRequest(Item(("Id", S("new")))))],
            [second] = [new(new DeleteRequest(Item(("Id", S("old")))))],
        }));

        response.UnprocessedItems.Should().BeEmpty().And.NotBeNull();
        (await server.Client.ScanAsync(new ScanRequest(first))).Count.Should().Be(1);
        (await server.Client.ScanAsync(new ScanRequest(second))).Count.Should().Be(0);
    }

    [Fact]
    public async Task A_batch_gets_what_is_there_from_several_tables()
    {
        var (first, second) = (await CreateAsync(), await CreateAsync());
        await server.Client.PutItemAsync(first, Item(("Id", S("1")), ("A", N(1)), ("B", N(2))));

        var response = await server.Client.BatchGetItemAsync(new BatchGetItemRequest(new()
        {
            [first] = new()
            {
                Keys = [Item(("Id", S("1"))), Item(("Id", S("missing")))],
                ProjectionExpression = "#a",
                ExpressionAttributeNames = new() { ["#a"] = "A" },
                ConsistentRead = true,
            },
            [second] = new() { Keys = [Item(("Id", S("1")))] },
        }));

        response.Responses[first].Should().ContainSingle().Which.Keys.Should().Equal("A");
        response.Responses[second].Should().BeEmpty();
        response.UnprocessedKeys.Should().BeEmpty().And.NotBeNull();
    }

    [Fact]
    public async Task Keys_behind_16_MB_are_given_back_and_the_paginator_reads_them()
    {
        var table = await CreateAsync();
        var keys = Enumerable.Range(0, 44).Select(i => Item(("Id", S($"{i}")))).ToList();
        await Task.WhenAll(keys.Select(key => server.Client.PutItemAsync(
            table, new(key) { ["Large"] = B(new byte[LargeBytes]) })));
        var request = new BatchGetItemRequest(new() { [table] = new() { Keys = keys, ProjectionExpression = "Id" } });

        var first = await server.Client.BatchGetItemAsync(request);
        var read = new List<string>();
        await foreach (var page in server.Client.Paginators.BatchGetItem(request).Responses)
        {
            read.AddRange(page.Responses.Values.SelectMany(items => items).Select(item => item["Id"].S));
        }

        var rest = first.UnprocessedKeys[table];
        rest.Keys.Should().NotBeEmpty();
        rest.ProjectionExpression.Should().Be("Id");
        (rest.Keys.Count + first.Responses[table].Count).Should().Be(keys.Count);
        read.Should().BeEquivalentTo(keys.Select(key => key["Id"].S));
    }

    private Task<string> CreateAsync() => TableSpec.Of("Id:S").CreateAsync(server.Client);
}
