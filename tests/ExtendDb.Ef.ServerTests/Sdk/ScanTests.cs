using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>Scan through the SDK, with its paginator and in segments.</summary>
public sealed class ScanTests(WireServer server) : IClassFixture<WireServer>
{
    private const int Items = 40;

    [Fact]
    public async Task The_paginator_reads_every_item_once()
    {
        var table = await FilledAsync();

        var read = await ReadAsync(new(table) { Limit = 7 });

        read.Should().BeEquivalentTo(Ids());
    }

    [Fact]
    public async Task Segments_side_by_side_read_every_item_once()
    {
        const int segments = 4;
        var table = await FilledAsync();

        var read = await Task.WhenAll(Enumerable.Range(0, segments).Select(segment => ReadAsync(
            new(table) { Segment = segment, TotalSegments = segments, Limit = 3 })));

        read.SelectMany(ids => ids).Should().BeEquivalentTo(Ids());
        read.Count(ids => ids.Count > 0).Should().BeGreaterThan(1, "{0} ids fall into more than one segment", Items);
    }

    [Fact]
    public async Task COUNT_counts_what_the_filter_leaves()
    {
        var table = await FilledAsync();

        var page = await server.Client.ScanAsync(new ScanRequest(table)
        {
            Select = Select.COUNT,
            FilterExpression = "Height < :ten",
            ExpressionAttributeValues = Item((":ten", N(10))),
        });

        page.Items.Should().BeNull();
        page.Count.Should().Be(10);
        page.ScannedCount.Should().Be(Items);
    }

    [Fact]
    public async Task A_scan_of_an_index_has_only_the_items_that_are_in_it()
    {
        var table = await TableSpec.Of("Id:S").WithGlobal("by-number", "Number:N", "Name").CreateAsync(server.Client);
        await server.Client.PutItemAsync(table, Item(("Id", S("out"))));
        await server.Client.PutItemAsync(
            table, Item(("Id", S("in")), ("Number", N(1)), ("Name", S("n")), ("Else", S("e"))));

        var page = await Waiting.ReadAsync(
            () => server.Client.ScanAsync(new ScanRequest(table) { IndexName = "by-number" }), page => page.Count > 0);

        page.Items.Should().ContainSingle().Which.Keys.Should().BeEquivalentTo("Id", "Number", "Name");
    }

    private async Task<List<string>> ReadAsync(ScanRequest request)
    {
        var read = new List<string>();
        await foreach (var page in server.Client.Paginators.Scan(request).Responses)
        {
            read.AddRange(page.Items.Select(item => item["Id"].S));
        }

        return read;
    }

    private async Task<string> FilledAsync()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);
        foreach (var ids in Ids().Chunk(20))
        {
            await server.Client.BatchWriteItemAsync(new BatchWriteItemRequest(new()
            {
                [table] = [.. ids.Select(id => new WriteRequest(new PutRequest(Item(("Id", S(id)), ("Height", N(id))))))],
            }));
        }

        return table;
    }

    private static IEnumerable<string> Ids() => Enumerable.Range(0, Items).Select(i => $"{i}");
}
