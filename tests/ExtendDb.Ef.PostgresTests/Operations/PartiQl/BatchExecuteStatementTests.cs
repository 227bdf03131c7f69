using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.PartiQl;

public class BatchExecuteStatementTests(OperationsFixture database) : StatementTests(database)
{
    private const string NeedsKey =
        "Select statements within BatchExecuteStatement must specify the primary key in the where clause.";

    [Fact]
    public async Task Reads_have_an_item_or_an_error_each()
    {
        var read = await BatchAsync(
            "SELECT n, m.x FROM \"T\" WHERE p = 'a' AND s = 1",
            "SELECT * FROM \"S\" WHERE id IN ['x']",
            "SELECT * FROM \"S\" WHERE id = 'none'",
            "SELECT * FROM \"S\" WHERE v = 1",
            "SELECT * FROM \"T\" WHERE p = 'a' AND s = 1 AND n = 10",
            "SELECT * FROM \"T\" WHERE p = 'a' AND s = 1 AND p = 'b'",
            "SELECT * FROM \"T\".\"global\" WHERE g = 'G'",
            "SELECT * FROM \"nowhere\" WHERE id = 'x'",
            "SLECT * FROM \"S\"",
            "SELECT * FROM \"S\" WHERE id = 1");

        read.Responses.Should().Equal(
            new BatchStatementResponse { TableName = Table, Item = new AttributeMap { ["n"] = 10, ["x"] = 1 } },
            new BatchStatementResponse { TableName = Simple, Item = new AttributeMap { ["id"] = "x", ["v"] = 1 } },
            new BatchStatementResponse { TableName = Simple },
            Refused("ValidationError", NeedsKey),
            Refused("ValidationError", NeedsKey),
            Refused("ValidationError", NeedsKey),
            Refused("ValidationError", NeedsKey),
            Refused("ResourceNotFound", "Requested resource not found"),
            Refused("ValidationError", "Statement wasn't well formed, can't be processed: Expected data manipulation"),
            Refused("ValidationError", "Key attribute's data type should match its data type in table's schema: Key id"));
    }

    [Fact]
    public async Task Writes_succeed_or_fail_each_on_its_own()
    {
        var written = await BatchAsync(
            "INSERT INTO \"S\" VALUE {'id': 'new'}",
            "INSERT INTO \"S\" VALUE {'id': 'x'}",
            "UPDATE \"T\" SET n = 11 WHERE p = 'a' AND s = 1 RETURNING MODIFIED NEW *",
            "UPDATE \"T\" SET n = 11 WHERE p = 'a' AND s = 2 AND n = 0",
            "DELETE FROM \"T\" WHERE p = 'a' AND s = 3 RETURNING ALL OLD *",
            "UPDATE \"S\" SET n = 1 WHERE v = 1",
            "UPDATE \"S\" SET id = 'z' WHERE id = 'z'",
            "EXISTS(SELECT * FROM \"S\" WHERE id = 'x')");

        written.Responses.Should().Equal(
            new BatchStatementResponse { TableName = Simple },
            Refused("DuplicateItem", "Duplicate primary key exists in table", Simple),
            new BatchStatementResponse { TableName = Table, Item = new AttributeMap { ["n"] = 11 } },
            Refused("ConditionalCheckFailed", "The conditional request failed", Table),
            new BatchStatementResponse { TableName = Table, Item = Third },
            Refused("ValidationError", "Where clause does not contain a mandatory equality on all key attributes"),
            Refused(
                "ValidationError",
                "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key",
                Simple),
            Refused("ValidationError", "EXISTS can only be used in ExecuteTransaction write requests."));
        (await Host.GetAsync(Simple, new() { ["id"] = "new" })).Should().NotBeNull();
        (await Host.GetAsync(Table, new() { ["p"] = "a", ["s"] = 3 })).Should().BeNull();
    }

    [Fact]
    public async Task Error_has_the_item_for_which_the_condition_is_false_when_asked_for()
    {
        var written = await Host.Db.BatchExecuteStatementAsync(new([new(Named("DELETE FROM \"S\" WHERE id = ? AND v = ?"))
        {
            Parameters = ["x", 2],
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        }]));

        written.Responses.Should().ContainSingle().Which.Error!.Item.Should().Equal(new AttributeMap { ["id"] = "x", ["v"] = 1 });
    }

    [Fact]
    public async Task Capacity_is_told_for_each_table_and_each_read_as_it_asks()
    {
        var read = await Host.Db.BatchExecuteStatementAsync(new(
        [
            new(Named("SELECT * FROM \"T\" WHERE p = 'a' AND s = 1")) { ConsistentRead = true },
            new(Named("SELECT * FROM \"T\" WHERE p = 'a' AND s = 2")),
            new(Named("SELECT * FROM \"S\" WHERE id = 'none'")),
        ])
        {
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });

        read.ConsumedCapacity.Should().Equal(new ConsumedCapacity(Table, 1.5), new ConsumedCapacity(Simple, 0.5));
    }

    [Theory]
    [InlineData("Read and write requests together in the same batch is not supported.", "SELECT * FROM \"S\" WHERE id = 'x'", "DELETE FROM \"S\" WHERE id = 'y'")]
    [InlineData("Provided list of item keys contains duplicates", "SELECT v FROM \"S\" WHERE id = 'x'", "SELECT * FROM \"S\" WHERE 'x' = id")]
    [InlineData("Provided list of item keys contains duplicates", "UPDATE \"S\" SET v = 2 WHERE id = 'x'", "DELETE FROM \"S\" WHERE id = 'x'")]
    [InlineData("1 validation error detected: Value '[]' at 'statements' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("1 validation error detected: Value '' at 'statements.1.member.statement' failed to satisfy constraint: Member must have length greater than or equal to 1", "")]
    public async Task Broken_batch_is_refused_as_a_whole(string message, params string[] statements)
    {
        var before = await StoredAsync();

        var refused = () => BatchAsync(statements);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await StoredAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Twenty_five_statements_are_executed_and_one_more_is_refused()
    {
        var statements = Enumerable.Range(0, 26).Select(i => $"INSERT INTO \"S\" VALUE {{'id': 'b{i}'}}").ToArray();

        var refused = () => BatchAsync(statements);
        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage("1 validation error detected: * at 'statements' failed to satisfy constraint: Member must have length less than or equal to 25");
        var written = await BatchAsync(statements[..25]);

        written.Responses.Should().AllSatisfy(response => response.Error.Should().BeNull());
    }

    private static BatchStatementResponse Refused(string code, string message, string? table = null) =>
        new() { Error = new(code, message), TableName = table };

    private Task<BatchExecuteStatementResponse> BatchAsync(params string[] statements) => Host.Db.BatchExecuteStatementAsync(
        new([.. statements.Select(statement => new BatchStatementRequest(Named(statement)))]));
}
