using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>TransactWriteItems and TransactGetItems through the SDK.</summary>
public sealed class TransactionTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task A_transaction_puts_updates_deletes_and_checks_together()
    {
        var table = await TableWithAsync("updated", "deleted", "checked");

        await server.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = new() { TableName = table, Item = Item(("Id", S("put"))) } },
                new()
                {
                    Update = new()
                    {
                        TableName = table,
                        Key = Item(("Id", S("updated"))),
                        UpdateExpression = "SET A = A + :one",
                        ExpressionAttributeValues = Item((":one", N(1))),
                    },
                },
                new() { Delete = new() { TableName = table, Key = Item(("Id", S("deleted"))) } },
                new()
                {
                    ConditionCheck = new()
                    {
                        TableName = table,
                        Key = Item(("Id", S("checked"))),
                        ConditionExpression = "attribute_exists(A)",
                    },
                },
            ],
        });

        var items = (await server.Client.ScanAsync(new ScanRequest(table))).Items;
        items.Select(item => item["Id"].S).Should().BeEquivalentTo("put", "updated", "checked");
        items.Single(item => item["Id"].S == "updated")["A"].N.Should().Be("2");
    }

    [Fact]
    public async Task A_cancelled_transaction_gives_a_reason_for_each_action_and_the_items_asked_for()
    {
        var table = await TableWithAsync("there");

        var writing = () => server.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = new() { TableName = table, Item = Item(("Id", S("new"))) } },
                new()
                {
                    Put = new()
                    {
                        TableName = table,
                        Item = Item(("Id", S("there"))),
                        ConditionExpression = "attribute_not_exists(Id)",
                        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                    },
                },
                new()
                {
                    ConditionCheck = new()
                    {
                        TableName = table,
                        Key = Item(("Id", S("missing"))),
                        ConditionExpression = "attribute_exists(Id)",
                    },
                },
            ],
        });

        var thrown = (await writing.Should().ThrowExactlyAsync<TransactionCanceledException>()).Which;
        thrown.Message.Should().Be(
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
            + "[None, ConditionalCheckFailed, ConditionalCheckFailed]");
        thrown.CancellationReasons.Select(reason => reason.Code)
            .Should().Equal("None", "ConditionalCheckFailed", "ConditionalCheckFailed");
        thrown.CancellationReasons.Select(reason => reason.Message)
            .Should().Equal(null, "The conditional request failed", "The conditional request failed");
        thrown.CancellationReasons[0].Item.Should().BeNull();
        thrown.CancellationReasons[1].Item["A"].N.Should().Be("1");
        thrown.CancellationReasons[2].Item.Should().BeNull();
        (await server.Client.ScanAsync(new ScanRequest(table))).Count.Should().Be(1);
    }

    [Fact]
    public async Task The_same_token_does_the_same_work_once()
    {
        var table = await TableWithAsync("1");
        var request = Increment(table, "1", token: $"{Guid.NewGuid()}");

        await server.Client.TransactWriteItemsAsync(request);
        await server.Client.TransactWriteItemsAsync(request);

        (await server.Client.GetItemAsync(table, Item(("Id", S("1"))))).Item["A"].N.Should().Be("2");
    }

    [Fact]
    public async Task The_same_token_with_other_content_is_the_typed_exception()
    {
        var table = await TableWithAsync("1", "2");
        var token = $"{Guid.NewGuid()}";
        await server.Client.TransactWriteItemsAsync(Increment(table, "1", token));

        var writing = () => server.Client.TransactWriteItemsAsync(Increment(table, "2", token));

        await writing.Should().ThrowExactlyAsync<IdempotentParameterMismatchException>();
    }

    [Fact]
    public async Task A_transaction_reads_in_the_order_that_was_asked_for()
    {
        var table = await TableWithAsync("1", "2");

        var response = await server.Client.TransactGetItemsAsync(new TransactGetItemsRequest
        {
            TransactItems = [Get(table, "2"), Get(table, "missing"), Get(table, "1", projection: "A")],
        });

        response.Responses.Should().HaveCount(3);
        response.Responses[0].Item["Id"].S.Should().Be("2");
        response.Responses[1].Item.Should().BeNull();
        response.Responses[2].Item.Keys.Should().Equal("A");
    }

    private static TransactGetItem Get(string table, string id, string? projection = null) => new()
    {
        Get = new() { TableName = table, Key = Item(("Id", S(id))), ProjectionExpression = projection },
    };

    private static TransactWriteItemsRequest Increment(string table, string id, string token) => new()
    {
        ClientRequestToken = token,
        TransactItems =
        [
            new()
            {
                Update = new()
                {
                    TableName = table,
                    Key = Item(("Id", S(id))),
                    UpdateExpression = "ADD A :one",
                    ExpressionAttributeValues = Item((":one", N(1))),
                },
            },
        ],
    };

    private async Task<string> TableWithAsync(params string[] ids)
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);
        foreach (var id in ids)
        {
            await server.Client.PutItemAsync(table, Item(("Id", S(id)), ("A", N(1))));
        }

        return table;
    }
}
