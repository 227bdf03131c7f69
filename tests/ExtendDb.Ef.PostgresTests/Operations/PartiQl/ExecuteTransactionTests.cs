using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.PartiQl;

public class ExecuteTransactionTests(OperationsFixture database) : StatementTests(database)
{
    private const string Failed = "Validation failed in TransactStatements[0]: ";
    private const string NoMatch = "The provided key element does not match the schema";

    [Fact]
    public async Task Reads_have_their_items_in_order()
    {
        var read = await TransactAsync(
            "SELECT n FROM \"T\" WHERE p = 'a' AND s = 1", "SELECT * FROM \"S\" WHERE id = 'none'", "SELECT * FROM \"S\" WHERE id IN ['x']");

        read.Responses.Select(response => response.Item).Should().Equal(
            new AttributeMap { ["n"] = 10 }, null, new AttributeMap { ["id"] = "x", ["v"] = 1 });
    }

    [Theory]
    [InlineData("EXISTS(SELECT * FROM \"S\" WHERE id = 'x' AND v = 1)")]
    [InlineData("EXISTS (SELECT v FROM \"S\" WHERE id = 'x' AND z IS MISSING)")]
    [InlineData("exists(select * from \"S\" where (id = 'x' and v < 2))")]
    public async Task Writes_are_made_together_when_all_conditions_hold(string condition)
    {
        var written = await TransactAsync(
            condition,
            "INSERT INTO \"S\" VALUE {'id': 'new'}",
            "UPDATE \"T\" SET n = n + 1 WHERE p = 'a' AND s = 1 AND n = 10",
            "FROM \"T\" WHERE p = 'a' AND s = 2 REMOVE n",
            "DELETE FROM \"T\" WHERE p = 'a' AND s = 3");

        written.Responses.Should().BeEmpty();
        (await Host.GetAsync(Simple, new() { ["id"] = "new" })).Should().NotBeNull();
        (await Host.GetAsync(Table, new() { ["p"] = "a", ["s"] = 1 })).Should().Equal(First.With("n", 11));
        (await Host.GetAsync(Table, new() { ["p"] = "a", ["s"] = 2 })).Should().Equal(Second.Without("n"));
        (await Host.GetAsync(Table, new() { ["p"] = "a", ["s"] = 3 })).Should().BeNull();
    }

    [Theory]
    [InlineData("EXISTS(SELECT * FROM \"S\" WHERE id = 'x' AND v = 2)", "ConditionalCheckFailed", "The conditional request failed")]
    [InlineData("EXISTS(SELECT * FROM \"S\" WHERE id = 'none' AND v IS MISSING)", "ConditionalCheckFailed", "The conditional request failed")]
    [InlineData("EXISTS(SELECT * FROM \"S\" WHERE id = 'x' AND id = 'y' AND v = 1)", "ConditionalCheckFailed", "The conditional request failed")]
    [InlineData("UPDATE \"S\" SET v = 2 WHERE id = 'none'", "ConditionalCheckFailed", "The conditional request failed")]
    [InlineData("DELETE FROM \"S\" WHERE id = 'x' AND v = 2", "ConditionalCheckFailed", "The conditional request failed")]
    [InlineData("INSERT INTO \"S\" VALUE {'id': 'x'}", "ValidationError", "Duplicate primary key exists in table")]
    [InlineData("INSERT INTO \"nowhere\" VALUE {'id': 'x'}", "ResourceNotFound", "Requested resource not found")]
    [InlineData("INSERT INTO \"S\" VALUE {'i': 'x'}", "ValidationError", "One or more parameter values were invalid: Missing the key id in the item")]
    [InlineData("UPDATE \"S\" SET v = 2 WHERE v = 1", "ValidationError", NoMatch)]
    [InlineData("UPDATE \"S\" SET v = 2 WHERE id = 1", "ValidationError", NoMatch)]
    [InlineData("UPDATE \"S\" SET v = 2 WHERE id = 'x' AND id = 'y'", "ValidationError", NoMatch)]
    [InlineData("UPDATE \"S\" SET v = list_append(v, [1]) WHERE id = 'x'", "ValidationError", "An operand in the update expression has an incorrect data type")]
    public async Task Statement_that_fails_cancels_all_with_its_reason(string statement, string code, string message)
    {
        var before = await StoredAsync();

        var cancelled = () => TransactAsync("INSERT INTO \"S\" VALUE {'id': 'new'}", statement);

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Should().Equal(CancellationReason.None, new(code, message));
        (await StoredAsync()).Should().Be(before);
    }

    [Theory]
    [InlineData("''", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id")]
    [InlineData("1", NoMatch)]
    public async Task Read_of_what_is_no_key_cancels_all_with_its_reason(string key, string message)
    {
        var cancelled = () => TransactAsync("SELECT * FROM \"S\" WHERE id = 'x'", $"SELECT * FROM \"S\" WHERE id = {key}");

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Should().Equal(CancellationReason.None, new("ValidationError", message));
    }

    [Fact]
    public async Task All_statements_without_a_key_are_reasons()
    {
        var cancelled = () => TransactAsync(
            "UPDATE \"T\" SET n = 1 WHERE p = 'a'", "DELETE FROM \"S\" WHERE v = 1", "INSERT INTO \"S\" VALUE {'id': 'new'}");

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Should().Equal(new("ValidationError", NoMatch), new("ValidationError", NoMatch), CancellationReason.None);
    }

    [Theory]
    [InlineData("ExecuteTransaction API does not support both read and write operations in the same request.", "SELECT * FROM \"S\" WHERE id = 'x'", "DELETE FROM \"S\" WHERE id = 'y'")]
    [InlineData("ExecuteTransaction API does not support both read and write operations in the same request.", "EXISTS(SELECT * FROM \"S\" WHERE id = 'x' AND v = 1)", "SELECT * FROM \"S\" WHERE id = 'y'")]
    [InlineData("Transaction request cannot include multiple operations on one item", "SELECT * FROM \"S\" WHERE id = 'x'", "SELECT v FROM \"S\" WHERE id = 'x'")]
    [InlineData("Transaction request cannot include multiple operations on one item", "UPDATE \"S\" SET v = 2 WHERE id = 'x'", "DELETE FROM \"S\" WHERE id = 'x'")]
    [InlineData(Failed + "Select statements within ExecuteTransaction must specify the primary key in the where clause.", "SELECT * FROM \"S\" WHERE v = 1")]
    [InlineData(Failed + "Select statements within ExecuteTransaction must specify the primary key in the where clause.", "SELECT * FROM \"S\" WHERE id = 'x' AND v = 1")]
    [InlineData(Failed + "Select statements within ExecuteTransaction must specify the primary key in the where clause.", "SELECT * FROM \"S\" WHERE id IN ['x', 'y']")]
    [InlineData(Failed + "Reads on indices are not supported within transactions.", "SELECT * FROM \"T\".\"global\" WHERE g = 'G'")]
    [InlineData(Failed + "RETURNING clause is not supported in ExecuteTransaction.", "UPDATE \"S\" SET v = 2 WHERE id = 'x' RETURNING ALL NEW *")]
    [InlineData(Failed + "EXISTS() must contain a single item read with additional condition", "EXISTS(SELECT * FROM \"S\" WHERE id = 'x')")]
    [InlineData(Failed + "EXISTS() must contain a single item read with additional condition", "EXISTS(SELECT * FROM \"S\" WHERE v = 1)")]
    [InlineData(Failed + "EXISTS() must contain a single item read with additional condition", "EXISTS(SELECT * FROM \"S\" WHERE id IN ['x'] AND v = 1)")]
    [InlineData(Failed + "This operation is not supported on an index", "DELETE FROM \"T\".\"global\" WHERE p = 'a' AND s = 1")]
    [InlineData(Failed + "Overlapping conditions with range keys are not supported in where clause", "SELECT * FROM \"S\" WHERE id IN ['x', 'x']")]
    [InlineData(Failed + "Statement wasn't well formed, can't be processed: Unexpected term", "SELECT * FROM \"S\" WHERE")]
    [InlineData(Failed + "Number of parameters in request and statement don't match.", "DELETE FROM \"S\" WHERE id = ?")]
    [InlineData(Failed + "Incorrect operand type for operator or function; operator or function: +, operand type: S", "UPDATE \"S\" SET v = v + 'a' WHERE id = 'x'")]
    [InlineData("One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id", "INSERT INTO \"S\" VALUE {'id': ''}")]
    [InlineData("1 validation error detected: Value '[]' at 'transactStatements' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    public async Task Broken_rule_refuses_the_request(string message, params string[] statements)
    {
        var before = await StoredAsync();

        var refused = () => TransactAsync(statements);

        await refused.Should().ThrowExactlyAsync<ValidationException>().WithMessage(message);
        (await StoredAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Hundred_statements_are_executed_and_one_more_is_refused()
    {
        var statements = Enumerable.Range(0, 101).Select(i => $"INSERT INTO \"S\" VALUE {{'id': 't{i}'}}").ToArray();

        var refused = () => TransactAsync(statements);
        await refused.Should().ThrowAsync<ValidationException>().WithMessage("* Member must have length less than or equal to 100");
        await TransactAsync(statements[..100]);

        (await Host.GetAsync(Simple, new() { ["id"] = "t99" })).Should().NotBeNull();
    }

    [Fact]
    public async Task Token_makes_a_repetition_do_nothing_and_another_request_be_refused()
    {
        var request = new ExecuteTransactionRequest([new(Named("UPDATE \"S\" SET v = v + ? WHERE id = 'x'")) { Parameters = [1] }])
        {
            ClientRequestToken = Guid.NewGuid().ToString(),
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var first = await Host.Db.ExecuteTransactionAsync(request);
        var second = await Host.Db.ExecuteTransactionAsync(request);
        var other = () => Host.Db.ExecuteTransactionAsync(
            request with { TransactStatements = [request.TransactStatements[0] with { Parameters = [2] }] });

        await other.Should().ThrowAsync<IdempotentParameterMismatchException>();
        first.ConsumedCapacity.Should().Equal(new ConsumedCapacity(Simple, 2) { WriteCapacityUnits = 2 });
        second.ConsumedCapacity.Should().Equal(new ConsumedCapacity(Simple, 2) { ReadCapacityUnits = 2 });
        (await Host.GetAsync(Simple, new() { ["id"] = "x" })).Should().Equal(new AttributeMap { ["id"] = "x", ["v"] = 2 });
    }

    private Task<ExecuteTransactionResponse> TransactAsync(params string[] statements) => Host.Db.ExecuteTransactionAsync(
        new([.. statements.Select(statement => new ParameterizedStatement(Named(statement)))]));
}
