using System.Net;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>Refusals become the exceptions that the SDK has for them, with their code, status and request id.</summary>
public sealed partial class ErrorTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Missing = "no-such-table";
    private static readonly Dictionary<string, AttributeValue> Key = Item(("Id", S("1")));

    [Theory]
    [InlineData("GetItem")]
    [InlineData("PutItem")]
    [InlineData("UpdateItem")]
    [InlineData("DeleteItem")]
    [InlineData("BatchGetItem")]
    [InlineData("BatchWriteItem")]
    [InlineData("TransactGetItems")]
    [InlineData("TransactWriteItems")]
    [InlineData("Query")]
    [InlineData("Scan")]
    public async Task A_missing_table_is_not_found_by_an_operation_on_items(string operation)
    {
        var asking = () => AskMissingAsync(operation);

        var thrown = (await asking.Should().ThrowExactlyAsync<ResourceNotFoundException>()).Which;
        thrown.Message.Should().Be("Requested resource not found");
        ShouldBe(thrown, "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_missing_table_is_named_by_the_operations_on_tables()
    {
        var describing = () => server.Client.DescribeTableAsync(Missing);
        var deleting = () => server.Client.DeleteTableAsync(Missing);

        var message = $"Requested resource not found: Table: {Missing} not found";
        (await describing.Should().ThrowExactlyAsync<ResourceNotFoundException>()).WithMessage(message);
        (await deleting.Should().ThrowExactlyAsync<ResourceNotFoundException>()).WithMessage(message);
    }

    [Fact]
    public async Task A_false_condition_has_its_code_status_and_id()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var putting = () => server.Client.PutItemAsync(
            new PutItemRequest(table, Key) { ConditionExpression = "attribute_exists(Id)" });

        ShouldBe(
            (await putting.Should().ThrowExactlyAsync<ConditionalCheckFailedException>()).Which,
            "ConditionalCheckFailedException");
    }

    [Fact]
    public async Task A_table_that_exists_is_in_use()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var creating = () => server.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            KeySchema = [new("Id", KeyType.HASH)],
            AttributeDefinitions = [new("Id", ScalarAttributeType.S)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });

        var thrown = (await creating.Should().ThrowExactlyAsync<ResourceInUseException>()).Which;
        thrown.Message.Should().Be($"Table already exists: {table}");
        ShouldBe(thrown, "ResourceInUseException");
    }

    [Fact]
    public async Task A_cancelled_transaction_has_its_code_status_and_id()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var writing = () => server.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { ConditionCheck = new() { TableName = table, Key = Key, ConditionExpression = "attribute_exists(Id)" } },
            ],
        });

        ShouldBe(
            (await writing.Should().ThrowExactlyAsync<TransactionCanceledException>()).Which,
            "TransactionCanceledException");
    }

    [Fact]
    public async Task A_validation_error_is_the_service_exception_with_its_code()
    {
        var table = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var getting = () => server.Client.GetItemAsync(table, Item(("Other", S("1"))));

        // This SDK has no exception of its own for it.
        var thrown = (await getting.Should().ThrowExactlyAsync<AmazonDynamoDBException>()).Which;
        thrown.Message.Should().Be("The provided key element does not match the schema");
        ShouldBe(thrown, "ValidationException");
    }

    [Fact]
    public async Task An_operation_that_is_not_there_is_the_service_exception_with_its_code()
    {
        var asking = () => server.Client.ListBackupsAsync(new ListBackupsRequest());

        var thrown = (await asking.Should().ThrowExactlyAsync<AmazonDynamoDBException>()).Which;
        ShouldBe(thrown, "UnknownOperationException");
    }

    private static void ShouldBe(AmazonDynamoDBException thrown, string code)
    {
        thrown.ErrorCode.Should().Be(code);
        thrown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        thrown.ErrorType.Should().NotBe(Amazon.Runtime.ErrorType.Receiver);
        RequestIds().IsMatch(thrown.RequestId).Should().BeTrue(thrown.RequestId);
    }

    private Task AskMissingAsync(string operation) => operation switch
    {
        "GetItem" => server.Client.GetItemAsync(Missing, Key),
        "PutItem" => server.Client.PutItemAsync(Missing, Key),
        "UpdateItem" => server.Client.UpdateItemAsync(new UpdateItemRequest { TableName = Missing, Key = Key }),
        "DeleteItem" => server.Client.DeleteItemAsync(Missing, Key),
        "BatchGetItem" => server.Client.BatchGetItemAsync(
            new BatchGetItemRequest(new() { [Missing] = new() { Keys = [Key] } })),
        "BatchWriteItem" => server.Client.BatchWriteItemAsync(
            new BatchWriteItemRequest(new() { [Missing] = [new(new PutRequest(Key))] })),
        "TransactGetItems" => server.Client.TransactGetItemsAsync(
            new TransactGetItemsRequest { TransactItems = [new() { Get = new() { TableName = Missing, Key = Key } }] }),
        "TransactWriteItems" => server.Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest { TransactItems = [new() { Put = new() { TableName = Missing, Item = Key } }] }),
        "Query" => server.Client.QueryAsync(new QueryRequest(Missing)
        {
            KeyConditionExpression = "Id = :id",
            ExpressionAttributeValues = Item((":id", S("1"))),
        }),
        _ => server.Client.ScanAsync(new ScanRequest(Missing)),
    };

    [GeneratedRegex("^[A-Z0-9]{52}$")]
    private static partial Regex RequestIds();
}
