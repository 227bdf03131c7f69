using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>PutItem, GetItem, UpdateItem and DeleteItem through the SDK.</summary>
public sealed class ItemTests(WireServer server) : IClassFixture<WireServer>
{
    private static readonly Dictionary<string, AttributeValue> Key = Item(("Id", S("1")));

    [Fact]
    public async Task Put_returns_the_replaced_item_when_it_is_asked_for()
    {
        var table = await TableWithAsync(("A", N(1)));

        var response = await server.Client.PutItemAsync(table, Item(("Id", S("1")), ("B", N(2))), ReturnValue.ALL_OLD);

        response.Attributes.Keys.Should().BeEquivalentTo("Id", "A");
        response.HttpStatusCode.Should().Be(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Put_of_a_new_item_returns_no_attributes()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var response = await server.Client.PutItemAsync(table, Key, ReturnValue.ALL_OLD);

        response.Attributes.Should().BeNull();
    }

    [Fact]
    public async Task Get_of_a_missing_item_returns_none()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var response = await server.Client.GetItemAsync(table, Key, consistentRead: true);

        response.IsItemSet.Should().BeFalse();
        response.Item.Should().BeNull();
    }

    [Fact]
    public async Task Get_returns_only_the_paths_of_its_projection()
    {
        var table = await TableWithAsync(
            ("A", N(1)), ("Map", new() { M = Item(("In", S("x")), ("Out", S("y"))) }), ("List", new() { L = [N(0), N(1)] }));

        var response = await server.Client.GetItemAsync(new GetItemRequest(table, Key)
        {
            ProjectionExpression = "#m.#in, #l[1]",
            ExpressionAttributeNames = new() { ["#m"] = "Map", ["#in"] = "In", ["#l"] = "List" },
        });

        response.Item.Keys.Should().BeEquivalentTo("Map", "List");
        response.Item["Map"].M.Should().ContainSingle().Which.Value.S.Should().Be("x");
        response.Item["List"].L.Should().ContainSingle().Which.N.Should().Be("1");
    }

    [Fact]
    public async Task Get_whose_projection_matches_nothing_returns_an_empty_item()
    {
        var table = await TableWithAsync(("A", N(1)));

        var response = await server.Client.GetItemAsync(new GetItemRequest(table, Key) { ProjectionExpression = "Elsewhere" });

        response.IsItemSet.Should().BeTrue();
        response.Item.Should().BeEmpty();
    }

    [Theory]
    [InlineData("NONE", "")]
    [InlineData("ALL_OLD", "A=1 B=2 Id=1")]
    [InlineData("ALL_NEW", "A=11 C=3 Id=1")]
    [InlineData("UPDATED_OLD", "A=1 B=2")]
    [InlineData("UPDATED_NEW", "A=11 C=3")]
    public async Task Update_returns_the_values_that_are_asked_for(string returnValues, string expected)
    {
        var table = await TableWithAsync(("A", N(1)), ("B", N(2)));

        var response = await server.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Key,
            UpdateExpression = "SET A = A + :ten REMOVE B ADD C :three",
            ExpressionAttributeValues = Item((":ten", N(10)), (":three", N(3))),
            ReturnValues = returnValues,
        });

        Text(response.Attributes).Should().Be(expected);
    }

    [Fact]
    public async Task Update_adds_to_and_deletes_from_sets()
    {
        var table = await TableWithAsync(("Tags", new() { SS = ["a", "b"] }), ("Gone", new() { NS = ["1", "2"] }));

        var response = await server.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Key,
            UpdateExpression = "ADD Tags :more DELETE Gone :less",
            ExpressionAttributeValues = Item((":more", new() { SS = ["b", "c"] }), (":less", new() { NS = ["1.0"] })),
            ReturnValues = ReturnValue.UPDATED_NEW,
        });

        response.Attributes["Tags"].SS.Should().BeEquivalentTo("a", "b", "c");
        response.Attributes["Gone"].NS.Should().Equal("2");
    }

    [Fact]
    public async Task Update_takes_the_parameters_that_were_there_before_expressions()
    {
        var table = await TableWithAsync(("A", N(1)), ("B", N(2)));

        var response = await server.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Key,
            AttributeUpdates = new()
            {
                ["A"] = new(N(5), AttributeAction.ADD),
                ["B"] = new() { Action = AttributeAction.DELETE },
            },
            Expected = new() { ["A"] = new(N(1)) },
            ReturnValues = ReturnValue.ALL_NEW,
        });

        Text(response.Attributes).Should().Be("A=6 Id=1");
    }

    [Fact]
    public async Task Delete_returns_the_item_that_it_removed()
    {
        var table = await TableWithAsync(("A", N(1)));

        var response = await server.Client.DeleteItemAsync(table, Key, ReturnValue.ALL_OLD);

        Text(response.Attributes).Should().Be("A=1 Id=1");
        (await server.Client.GetItemAsync(table, Key)).IsItemSet.Should().BeFalse();
    }

    [Fact]
    public async Task Delete_of_a_missing_item_succeeds()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var response = await server.Client.DeleteItemAsync(table, Key, ReturnValue.ALL_OLD);

        response.Attributes.Should().BeNull();
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Update")]
    [InlineData("Delete")]
    public async Task A_false_condition_is_the_typed_exception_with_the_stored_item(string operation)
    {
        var table = await TableWithAsync(("A", N(1)));

        var writing = () => WriteIfAsync(operation, table, "A = :two", ReturnValuesOnConditionCheckFailure.ALL_OLD);

        var thrown = (await writing.Should().ThrowExactlyAsync<ConditionalCheckFailedException>()).Which;
        Text(thrown.Item).Should().Be("A=1 Id=1");
        thrown.Message.Should().Be("The conditional request failed");
        Text((await server.Client.GetItemAsync(table, Key)).Item).Should().Be("A=1 Id=1");
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Update")]
    [InlineData("Delete")]
    public async Task A_false_condition_carries_no_item_that_was_not_asked_for(string operation)
    {
        var table = await TableWithAsync(("A", N(1)));

        var writing = () => WriteIfAsync(operation, table, "A = :two", onFailure: null);

        (await writing.Should().ThrowExactlyAsync<ConditionalCheckFailedException>()).Which.Item.Should().BeNull();
    }

    private Task WriteIfAsync(
        string operation, string table, string condition, ReturnValuesOnConditionCheckFailure? onFailure)
    {
        var values = Item((":two", N(2)));
        return operation switch
        {
            "Put" => server.Client.PutItemAsync(new PutItemRequest(table, Key)
            {
                ConditionExpression = condition,
                ExpressionAttributeValues = values,
                ReturnValuesOnConditionCheckFailure = onFailure,
            }),
            "Update" => server.Client.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = table,
                Key = Key,
                UpdateExpression = "REMOVE A",
                ConditionExpression = condition,
                ExpressionAttributeValues = values,
                ReturnValuesOnConditionCheckFailure = onFailure,
            }),
            _ => server.Client.DeleteItemAsync(new DeleteItemRequest(table, Key)
            {
                ConditionExpression = condition,
                ExpressionAttributeValues = values,
                ReturnValuesOnConditionCheckFailure = onFailure,
            }),
        };
    }

    private async Task<string> TableWithAsync(params (string Name, AttributeValue Value)[] attributes)
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);
        await server.Client.PutItemAsync(table, Item([("Id", S("1")), .. attributes]));
        return table;
    }

    private static string Text(Dictionary<string, AttributeValue>? attributes) => string.Join(' ', (attributes ?? [])
        .OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
        .Select(attribute => $"{attribute.Key}={attribute.Value.S ?? attribute.Value.N}"));
}
