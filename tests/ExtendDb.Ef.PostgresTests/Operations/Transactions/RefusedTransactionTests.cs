using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

/// <summary>What refuses a transaction as a whole, without cancellation reasons.</summary>
public class RefusedTransactionTests(OperationsFixture database) : OperationsTests(database)
{
    private const string EmptyKey = "One or more parameter values are not valid. "
        + "The AttributeValue for a key attribute cannot contain an empty string value. Key: ";

    private const string Duplicates = "Transaction request cannot include multiple operations on one item";
    private const string TooMuch = "Transaction payload size cannot exceed 4MB. Payload Size: ";
    private const string OneOnly = "TransactItems can only contain one of Check, Put, Update or Delete";
    private static readonly AttributeMap Key = new() { ["P"] = "p", ["S"] = "s" };
    private static readonly AttributeMap Other = new() { ["P"] = "p", ["S"] = "other" };

    public static TheoryData<string> Refusals => [.. ByName.Keys];

    public static TheoryData<string> Shapes => [.. Shaped.Keys];

    private static Dictionary<string, (string Message, Func<string, TransactWriteItem[]> Actions)> ByName => new()
    {
        ["put of an empty partition key"] = (EmptyKey + "P", table => [Act.Put(table, Key.With("P", ""))]),
        ["delete of an empty sort key"] = (EmptyKey + "S", table => [Act.Delete(table, Key.With("S", ""))]),
        ["update of an empty key"] = (EmptyKey + "S", table => [Act.Update(table, Key.With("S", ""), "SET D = :v", 1)]),
        ["check of an empty key"] = (
            EmptyKey + "P", table => [Act.Check(table, Key.With("P", ""), "attribute_exists(P)")]),
        ["put of an empty index key"] = (
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ByG, IndexKey: G",
            table => [Act.Put(table, Key.With("G", ""))]),
        ["update to an empty index key"] = (
            "One or more parameter values are not valid. The update expression attempted to update a secondary index key to "
                + "a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.",
            table => [Act.Update(table, Key, "SET G = :v", "")]),
        ["put of an item of 409,601 bytes"] = (
            "Item size has exceeded the maximum allowed size", table => [Act.Put(table, Key.With("D", new byte[409_596]))]),
        ["two actions on one item"] = (Duplicates, table => [Act.Put(table, Key), Act.Delete(table, Key)]),
        ["a check and a put of one item"] = (
            Duplicates, table => [Act.Check(table, Key, "attribute_exists(P)"), Act.Put(table, Other), Act.Put(table, Key)]),
        ["duplicates with a false condition"] = (
            Duplicates, table => [Act.Put(table, Key, "attribute_exists(P)"), Act.Delete(table, Key)]),
        ["4 MB and one byte"] = (
            TooMuch + "4194305", table => [.. Enumerable.Range(0, 11).Select(i => Act.Put(table, Sized(i, i < 10 ? 400_000 : 194_305)))]),
        ["4 MB of values"] = (
            TooMuch + "*",
            table => [.. Enumerable.Range(0, 11).Select(i => Act.Update(table, Numbered(i), "SET D = :v", new byte[390_000]))]),
        ["a syntax error"] = (
            "Invalid UpdateExpression: Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"",
            table => [Act.Update(table, Key, "INVALID SYNTAX")]),
        ["a reserved word"] = (
            "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status",
            table => [Act.Put(table, Key, "attribute_exists(status)")]),
        ["a value that is not defined"] = (
            "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :v",
            table => [Act.Delete(table, Key, "D = :v")]),
        ["a value that is not used"] = (
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
            table => [Act.Check(table, Key, "attribute_exists(P)", 1)]),
        ["a value that an update does not use"] = (
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
            table => [Act.Update(table, Key, "REMOVE D", 1)]),
        ["a name that is not used"] = (
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}",
            table =>
            [
                new()
                {
                    Delete = new(table, Key)
                    {
                        ConditionExpression = "attribute_exists(P)",
                        ExpressionAttributeNames = new Dictionary<string, string> { ["#n"] = "N" },
                    },
                },
            ]),
        ["values without an expression"] = (
            "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null",
            table => [Act.Put(table, Key, v: 1)]),
        ["an action that is none"] = (
            "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request", _ => [new()]),
        ["an action that is two"] = (OneOnly, table => [new() { Put = new(table, Key), Delete = new(table, Key) }]),
        ["the first problem of several actions"] = (
            "Invalid UpdateExpression: The expression can not be empty;",
            table => [Act.Put(table, Key), Act.Update(table, Other, ""), Act.Delete(table, Other, "bad bad")]),
        ["a syntax error behind a missing table"] = (
            "Invalid ConditionExpression: Syntax error; token: \"bad\", near: \"bad bad\"",
            table => [Act.Put("Nowhere", Key), Act.Delete(table, Other, "bad bad")]),
    };

    private static Dictionary<string, (string Message, TransactWriteItemsRequest Request)> Shaped => new()
    {
        ["no list"] = (One("null", "transactItems", "Member must not be null"), new((IReadOnlyList<TransactWriteItem>)null!)),
        ["an empty list"] = (
            One("'[]'", "transactItems", "Member must have length greater than or equal to 1"), new([])),
        ["101 actions"] = (
            "1 validation error detected: Value '[*' at 'transactItems' failed to satisfy constraint: "
                + "Member must have length less than or equal to 100",
            new([.. Enumerable.Range(0, 101).Select(i => Act.Put("Table", Numbered(i)))])),
        ["an empty token"] = (
            One("''", "clientRequestToken", "Member must have length greater than or equal to 1"),
            new([Act.Put("Table", Key)]) { ClientRequestToken = "" }),
        ["a token of 37 letters"] = (
            One($"'{new string('t', 37)}'", "clientRequestToken", "Member must have length less than or equal to 36"),
            new([Act.Put("Table", Key)]) { ClientRequestToken = new string('t', 37) }),
        ["a put without an item"] = (
            One("null", "transactItems.1.member.put.item", "Member must not be null"), new([Act.Put("Table", null!)])),
        ["a delete without a key"] = (
            One("null", "transactItems.2.member.delete.key", "Member must not be null"),
            new([Act.Put("Table", Key), Act.Delete("Table", null!)])),
        ["an update without an expression"] = (
            One("null", "transactItems.1.member.update.updateExpression", "Member must not be null"),
            new([Act.Update("Table", Key, null!)])),
        ["a check without an expression"] = (
            One("null", "transactItems.1.member.conditionCheck.conditionExpression", "Member must not be null"),
            new([Act.Check("Table", Key, null!)])),
        ["an action without a table"] = (
            One("null", "transactItems.1.member.put.tableName", "Member must not be null"), new([Act.Put(null!, Key)])),
        ["a table with an impossible name"] = (
            One("'bad table!@#'", "transactItems.1.member.put.tableName",
                "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"),
            new([Act.Put("bad table!@#", Key)])),
        ["what to return that is no value"] = (
            One("'7'", "transactItems.1.member.delete.returnValuesOnConditionCheckFailure",
                "Member must satisfy enum value set: [ALL_OLD, NONE]"),
            new([new() { Delete = new("Table", Key) { ReturnValuesOnConditionCheckFailure = (ReturnValuesOnConditionCheckFailure)7 } }])),
    };

    [Fact]
    public async Task Names_without_an_expression_are_ignored_in_puts_and_deletions()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        var names = new Dictionary<string, string> { ["#unused"] = "D" };

        await Host.Db.TransactWriteItemsAsync(new([
            new() { Put = new(table, Key) { ExpressionAttributeNames = names } },
            new() { Delete = new(table, Other) { ExpressionAttributeNames = names } },
        ]));

        (await Host.GetAsync(table, Key)).Should().Equal(Key);
    }

    [Fact]
    public async Task Names_that_an_expression_does_not_use_are_refused()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        var put = new Put(table, Key)
        {
            ConditionExpression = "attribute_not_exists(P)",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#unused"] = "D" },
        };

        var write = () => Host.Db.TransactWriteItemsAsync(new([new() { Put = put }]));

        await write.Should().ThrowAsync<ValidationException>().WithMessage("*unused in expressions: keys: {#unused}");
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Broken_rule_of_the_whole_request_gives_no_reasons_and_leaves_nothing_behind(string name)
    {
        var (message, actions) = ByName[name];
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S").WithGlobal("ByG", "G:S"));
        var before = await Host.RowsAsync();

        var refused = () => Host.Db.TransactAsync(actions(table));

        await refused.Should().ThrowExactlyAsync<ValidationException>().WithMessage(message);
        (await Host.RowsAsync()).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Broken_shape_is_named_with_its_place(string name)
    {
        var (message, request) = Shaped[name];

        var refused = () => Host.Db.TransactWriteItemsAsync(request);

        await refused.Should().ThrowExactlyAsync<ValidationException>().WithMessage(message);
    }

    [Fact]
    public async Task Several_broken_shapes_are_reported_together()
    {
        var refused = () => Host.Db.TransactWriteItemsAsync(
            new([Act.Put(null!, null!), Act.Check("Table", Key, null!)])
            {
                ClientRequestToken = "",
                ReturnConsumedCapacity = (ReturnConsumedCapacity)9,
            });

        (await refused.Should().ThrowExactlyAsync<ValidationException>()).Which.Message.Should()
            .StartWith("5 validation errors detected: ")
            .And.MatchRegex("at 'clientRequestToken'.*at 'returnConsumedCapacity'")
            .And.Contain("at 'transactItems.1.member.put.item'")
            .And.Contain("at 'transactItems.1.member.put.tableName'")
            .And.Contain("at 'transactItems.2.member.conditionCheck.conditionExpression'");
    }

    [Fact]
    public async Task Missing_table_refuses_the_whole_request()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));

        var refused = () => Host.Db.TransactAsync(
            Act.Put(table, Key.With("P", "")), Act.Put("Nowhere", Key), Act.Put(table, Other));

        await refused.Should().ThrowExactlyAsync<ResourceNotFoundException>().WithMessage("Requested resource not found");
        (await Host.GetAsync(table, Other)).Should().BeNull();
    }

    [Fact]
    public async Task Exactly_4_MB_are_accepted()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));

        await Host.Db.TransactAsync(
            [.. Enumerable.Range(0, 11).Select(i => Act.Put(table, Sized(i, i < 10 ? 400_000 : 194_304)))]);

        (await Host.GetAsync(table, Numbered(10))).Should().NotBeNull();
    }

    [Fact]
    public async Task Deleting_more_than_4_MB_with_a_small_request_is_accepted()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        for (var i = 0; i < 11; i++)
        {
            await Host.PutAsync(table, Sized(i, 400_000));
        }

        await Host.Db.TransactAsync([.. Enumerable.Range(0, 11).Select(i => Act.Delete(table, Numbered(i)))]);

        (await Host.Db.ScanAsync(new(table))).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Same_keys_in_two_tables_are_no_duplicates()
    {
        var first = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        var second = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));

        await Host.Db.TransactAsync(Act.Put(first, Key), Act.Put(second, Key));

        (await Host.GetAsync(first, Key)).Should().Equal(Key);
        (await Host.GetAsync(second, Key)).Should().Equal(Key);
    }

    private static string One(string value, string member, string constraint) =>
        $"1 validation error detected: Value {value} at '{member}' failed to "
        + $"satisfy constraint: {constraint}";

    private static AttributeMap Numbered(int i) => new() { ["P"] = "p", ["S"] = $"{i:00}" };

    /// <summary>Makes an item of a number of bytes: 2 of the partition key, 3 of the sort key, and the rest.</summary>
    private static AttributeMap Sized(int i, int bytes) => Numbered(i).With("D", new byte[bytes - 6]);
}
