using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using ExtendDb.Ef.ServerTests.Sdk;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.InProcess;

/// <summary>The SDK's low-level client in process.</summary>
public sealed class InProcessClientTests(InProcessHost host) : IClassFixture<InProcessHost>
{
    private static readonly Dictionary<string, AttributeValue> Key = Item(("Id", S("1")));

    [Fact]
    public async Task An_item_is_put_updated_got_and_deleted()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);
        await host.Client.PutItemAsync(table, Item(("Id", S("1")), ("A", N(1)), ("B", B(0, 255))));

        await host.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Key,
            UpdateExpression = "ADD A :one",
            ExpressionAttributeValues = Item((":one", N(1))),
        });

        var updated = await host.Client.GetItemAsync(table, Key, consistentRead: true);
        updated.Item["A"].N.Should().Be("2");
        updated.Item["B"].B.ToArray().Should().Equal(0, 255);
        await host.Client.DeleteItemAsync(table, Key);
        (await host.Client.GetItemAsync(table, Key)).IsItemSet.Should().BeFalse();
    }

    [Fact]
    public async Task Responses_carry_the_id_of_the_request_and_their_checksum()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);

        var first = await host.Client.PutItemAsync(table, Key);
        var second = await host.Client.GetItemAsync(table, Key);

        first.ResponseMetadata.RequestId.Should().MatchRegex("^[A-Z0-9]{52}$").And.NotBe(second.ResponseMetadata.RequestId);
        second.ContentLength.Should().BePositive();
        second.HttpStatusCode.Should().Be(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_query_of_a_global_index_finds_the_item()
    {
        var table = await TableSpec.Of("Id:S").WithGlobal("by-year", "Year:N").CreateAsync(host.Client);
        await host.Client.PutItemAsync(table, Item(("Id", S("1")), ("Year", N(1977))));

        var page = await Waiting.ReadAsync(
            () => host.Client.QueryAsync(new QueryRequest(table)
            {
                IndexName = "by-year",
                KeyConditionExpression = "#y = :year",
                ExpressionAttributeNames = new() { ["#y"] = "Year" },
                ExpressionAttributeValues = Item((":year", N(1977))),
            }),
            found => found.Count > 0);

        page.Items.Should().ContainSingle().Which["Id"].S.Should().Be("1");
    }

    [Fact]
    public async Task A_batch_writes_items_that_a_batch_gets()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);
        var ids = Enumerable.Range(0, 25).Select(id => $"{id}").ToList();

        await host.Client.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new() { [table] = [.. ids.Select(id => new WriteRequest(new PutRequest(Item(("Id", S(id))))))] },
        });

        var got = await host.Client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [table] = new() { Keys = [.. ids.Select(id => Item(("Id", S(id))))] } },
        });
        got.Responses[table].Select(item => item["Id"].S).Should().BeEquivalentTo(ids);
    }

    [Fact]
    public async Task A_cancelled_transaction_gives_the_reasons_and_writes_nothing()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);

        var writing = () => host.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = new() { TableName = table, Item = Key } },
                new()
                {
                    ConditionCheck = new()
                    {
                        TableName = table, Key = Item(("Id", S("2"))), ConditionExpression = "attribute_exists(Id)",
                    },
                },
            ],
        });

        var thrown = (await writing.Should().ThrowExactlyAsync<TransactionCanceledException>()).Which;
        thrown.CancellationReasons.Select(reason => reason.Code).Should().Equal("None", "ConditionalCheckFailed");
        (await host.Client.GetItemAsync(table, Key)).IsItemSet.Should().BeFalse();
    }

    [Fact]
    public async Task A_transaction_writes_all_its_items()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);

        await host.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                .. Enumerable.Range(0, 3).Select(id => new TransactWriteItem
                {
                    Put = new() { TableName = table, Item = Item(("Id", S($"{id}"))) },
                }),
            ],
        });

        (await host.Client.ScanAsync(new ScanRequest(table))).Count.Should().Be(3);
    }

    [Fact]
    public async Task A_false_condition_is_the_typed_exception_with_the_item()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);
        await host.Client.PutItemAsync(table, Item(("Id", S("1")), ("A", N(1))));

        var putting = () => host.Client.PutItemAsync(new PutItemRequest(table, Key)
        {
            ConditionExpression = "attribute_not_exists(Id)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        });

        var thrown = (await putting.Should().ThrowExactlyAsync<ConditionalCheckFailedException>()).Which;
        thrown.Item["A"].N.Should().Be("1");
        thrown.StatusCode.Should().Be(System.Net.HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_missing_table_is_not_found()
    {
        var getting = () => host.Client.GetItemAsync("missing", Key);

        var thrown = (await getting.Should().ThrowExactlyAsync<ResourceNotFoundException>()).Which;
        thrown.ErrorCode.Should().Be("ResourceNotFoundException");
        thrown.RequestId.Should().MatchRegex("^[A-Z0-9]{52}$");
    }

    [Fact]
    public async Task A_paginator_loops_over_all_pages()
    {
        var table = await TableSpec.Of("Id:S Sort:N").CreateAsync(host.Client);
        foreach (var sort in Enumerable.Range(0, 5))
        {
            await host.Client.PutItemAsync(table, Item(("Id", S("1")), ("Sort", N(sort))));
        }

        var pages = new List<QueryResponse>();
        await foreach (var page in host.Client.Paginators.Query(new QueryRequest(table)
        {
            KeyConditionExpression = "Id = :id",
            ExpressionAttributeValues = Item((":id", S("1"))),
            Limit = 2,
        }).Responses)
        {
            pages.Add(page);
        }

        pages.Should().HaveCount(3);
        pages.SelectMany(page => page.Items).Select(item => item["Sort"].N).Should().Equal("0", "1", "2", "3", "4");
    }

    [Fact]
    public async Task An_item_of_300_KB_is_got_as_it_was_put()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i:x5}"));

        await host.Client.PutItemAsync(table, Item(("Id", S("1")), ("Text", S(text))));
        var got = await host.Client.GetItemAsync(table, Key);

        (got.Item["Text"].S == text).Should().BeTrue();
    }

    [Fact]
    public async Task Fifty_calls_at_once_are_answered_each_with_its_own_item()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(host.Client);
        var ids = Enumerable.Range(0, 50).Select(id => $"{id}").ToList();

        await Task.WhenAll(ids.Select(id => host.Client.PutItemAsync(table, Item(("Id", S(id)), ("Of", S(id))))));
        var got = await Task.WhenAll(ids.Select(id => host.Client.GetItemAsync(table, Item(("Id", S(id))))));

        got.Select(response => response.Item["Of"].S).Should().Equal(ids);
    }

    [Fact]
    public async Task Endpoints_are_described_without_a_socket()
    {
        var endpoints = await host.Client.DescribeEndpointsAsync(new DescribeEndpointsRequest());

        endpoints.Endpoints.Should().ContainSingle().Which.Address.Should().Be("localhost");
    }
}
