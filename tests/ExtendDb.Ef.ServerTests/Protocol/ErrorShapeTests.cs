using System.Net;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class ErrorShapeTests(WireServer server) : IClassFixture<WireServer>
{
    private const string OfDynamoDb = "com.amazonaws.dynamodb.v20120810#";

    [Fact]
    public async Task ValidationException_has_the_prefix_of_the_validator()
    {
        var table = await server.CreateTableAsync();

        var answer = await server.Http.CallAsync("PutItem", $$$"""{"TableName":"{{{table}}}","Item":{"q":{"S":"a"}} }""");

        Expect(answer, "com.amazon.coral.validate#ValidationException", "message");
        answer.Message.Should().Be("One or more parameter values were invalid: Missing the key p in the item");
    }

    [Fact]
    public async Task SerializationException_spells_Message_with_a_capital()
    {
        var answer = await server.Http.CallAsync("ListTables", """{"Limit":"ten"}""");

        Expect(answer, "com.amazon.coral.service#SerializationException", "Message");
        answer.Message.Should().Be("STRING_VALUE cannot be converted to Integer");
    }

    [Theory]
    [InlineData("GetItem", """{"TableName":"none","Key":{"p":{"S":"a"}}}""", "Requested resource not found")]
    [InlineData("DescribeTable", """{"TableName":"none"}""", "Requested resource not found: Table: none not found")]
    public async Task ResourceNotFoundException_says_what_is_missing(string operation, string json, string message)
    {
        var answer = await server.Http.CallAsync(operation, json);

        Expect(answer, OfDynamoDb + "ResourceNotFoundException", "message");
        answer.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("DescribeTable")]
    [InlineData("DeleteTable")]
    public async Task Table_that_is_not_named_is_named_as_missing_in_the_request(string operation)
    {
        var answer = await server.Http.CallAsync(operation, "{}");

        Expect(answer, "com.amazon.coral.validate#ValidationException", "message");
        answer.Message.Should().EndWith("Value null at 'tableName' failed to satisfy constraint: Member must not be null");
    }

    [Fact]
    public async Task Failed_condition_carries_the_item_that_was_asked_for()
    {
        var table = await server.CreateTableAsync();
        await server.Http.CallAsync("PutItem", $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"},"v":{"N":"1"}} }""");

        var answer = await server.Http.CallAsync("DeleteItem", $$$"""
            {"TableName":"{{{table}}}","Key":{"p":{"S":"a"}},"ConditionExpression":"attribute_not_exists(p)",
            "ReturnValuesOnConditionCheckFailure":"ALL_OLD"}
            """);

        Expect(answer, OfDynamoDb + "ConditionalCheckFailedException", "message", "Item");
        answer.Message.Should().Be("The conditional request failed");
        answer.Json.GetProperty("Item").GetRawText().Should().Be("""{"p":{"S":"a"},"v":{"N":"1"}}""");
    }

    [Fact]
    public async Task Failed_condition_carries_no_item_that_was_not_asked_for()
    {
        var table = await server.CreateTableAsync();
        await server.Http.CallAsync("PutItem", $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"}} }""");

        var answer = await server.Http.CallAsync("DeleteItem", $$$"""
            {"TableName":"{{{table}}}","Key":{"p":{"S":"a"}},"ConditionExpression":"attribute_not_exists(p)"}
            """);

        Expect(answer, OfDynamoDb + "ConditionalCheckFailedException", "message");
    }

    [Fact]
    public async Task Cancelled_transaction_carries_a_reason_for_each_action()
    {
        var table = await server.CreateTableAsync();

        var answer = await server.Http.CallAsync("TransactWriteItems", $$$"""
            {"TransactItems":[{"Put":{"TableName":"{{{table}}}","Item":{"p":{"S":"a"}} }},
            {"ConditionCheck":{"TableName":"{{{table}}}","Key":{"p":{"S":"b"}},"ConditionExpression":"attribute_exists(p)"}}]}
            """);

        Expect(answer, OfDynamoDb + "TransactionCanceledException", "Message", "CancellationReasons");
        answer.Message.Should().Be(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]");
        answer.Json.GetProperty("CancellationReasons").GetRawText().Should().Be(
            """[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"}]""");
    }

    [Fact]
    public async Task Reused_token_of_another_transaction_is_a_mismatch()
    {
        var table = await server.CreateTableAsync();
        await server.Http.CallAsync("TransactWriteItems", Put("a"));

        var answer = await server.Http.CallAsync("TransactWriteItems", Put("b"));

        Expect(answer, OfDynamoDb + "IdempotentParameterMismatchException", "Message");

        string Put(string key) => $$$"""
            {"ClientRequestToken":"token","TransactItems":[{"Put":{"TableName":"{{{table}}}","Item":{"p":{"S":"{{{key}}}"}} }}]}
            """;
    }

    [Fact]
    public async Task Write_to_an_item_that_another_transaction_holds_is_a_conflict()
    {
        var table = await server.CreateTableAsync();
        var put = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"}} }""";
        var change = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"},"n":{"N":"1"} } }""";
        await server.Http.CallAsync("PutItem", put);
        await using var impatient = await WireServer.StartAsync(
            server.ConnectionString, keys: null, builder => builder.Configuration["ExtendDb:LockTimeout"] = "00:00:00.050");
        using var http = new HttpClient { BaseAddress = new(impatient.Urls.First()) };
        await using var holder = await HeldItem.TakeAsync(server.ConnectionString);

        var answer = await http.CallAsync("PutItem", change);

        Expect(answer, OfDynamoDb + "TransactionConflictException", "message");
        answer.Message.Should().Be("Transaction is ongoing for the item");
    }

    [Fact]
    public async Task Failure_of_the_server_is_an_InternalServerError_that_tells_nothing_of_the_database()
    {
        var database = await server.CreateDatabaseAsync();
        await using var app = await WireServer.StartAsync(database, keys: null);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var table = await app.Services.CreateTableAsync();
        await Sql.ExecuteAsync(database, "ALTER TABLE extenddb.items RENAME TO elsewhere");

        var answer = await http.CallAsync("GetItem", $$$"""{"TableName":"{{{table}}}","Key":{"p":{"S":"a"}} }""");

        answer.Status.Should().Be(HttpStatusCode.InternalServerError);
        answer.Type.Should().Be(OfDynamoDb + "InternalServerError");
        answer.Message.Should().Be("The request failed; the server's log says why");
    }

    [Theory]
    [InlineData("ReturnValues", "returnValues")]
    [InlineData("ReturnConsumedCapacity", "returnConsumedCapacity")]
    public async Task Unknown_word_is_shown_as_it_was_sent(string member, string shown)
    {
        var answer = await server.Http.CallAsync(
            "PutItem", $$$"""{"TableName":"any","Item":{"p":{"S":"a"}},"{{{member}}}":"'-2147483648' -2147483648 ä"}""");

        Expect(answer, "com.amazon.coral.validate#ValidationException", "message");
        answer.Message.Should().Contain(
            $"Value ''-2147483648' -2147483648 ä' at '{shown}' failed to satisfy constraint: Member must satisfy enum value set");
    }

    [Fact]
    public async Task Unknown_words_that_look_like_one_another_do_not_swell_the_message()
    {
        // Each looks like two of what stands for the next one until it is put back.
        var expected = string.Join(',', Enumerable.Range(1, 24).Select(i =>
            $$$"""
            "a{{{i}}}":{"ComparisonOperator":"'{{{int.MinValue + i}}}' '{{{int.MinValue + i}}}'"}
            """));

        var answer = await server.Http.CallAsync(
            "PutItem", $$$"""{"TableName":"any","Item":{"p":{"S":"a"}},"Expected":{ {{{expected}}} }}""");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Body.Length.Should().BeLessThan(10_000);
    }

    private static void Expect(WireAnswer answer, string type, params string[] members)
    {
        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Headers["content-type"].Should().Be(WireCalls.ContentType);
        answer.Type.Should().Be(type);
        answer.Json.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo([.. members, "__type"]);
    }
}
