using System.Text.Json;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>Every refusal has DynamoDB's name and message, and leaves nothing behind.</summary>
public class RefusedWriteTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string NotValid = "One or more parameter values are not valid. ";
    private const string TooLongHash = Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes";
    private const string TooLongRange = Invalid + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes";
    private const string NoMatch = "The provided key element does not match the schema";
    private const string EmptyKey = NotValid
        + "The AttributeValue for a key attribute cannot contain an empty string value. Key: ";

    private static readonly AttributeMap Good = new() { ["P"] = "p", ["S"] = "s" };

    private delegate Task Call(IExtendDb db, string table);

    public static TheoryData<string> Refusals => [.. ByName.Keys];

    private static Dictionary<string, (string Message, Call Call)> ByName => new()
    {
        ["put without the partition key"] = (Invalid + "Missing the key P in the item", Put(Good.Without("P"))),
        ["put without the sort key"] = (Invalid + "Missing the key S in the item", Put(Good.Without("S"))),
        ["put of a mistyped key"] = (Invalid + "Type mismatch for key P expected: S actual: N", Put(Good.With("P", 1))),
        ["put of an empty partition key"] = (EmptyKey + "P", Put(Good.With("P", ""))),
        ["put of an empty sort key"] = (EmptyKey + "S", Put(Good.With("S", ""))),
        ["put of a partition key of 2,049 bytes"] = (TooLongHash, Put(Good.With("P", new string('x', 2049)))),
        ["put of a partition key of 2,049 bytes in 684 letters"] = (TooLongHash, Put(Good.With("P", new string('€', 683)))),
        ["put of a sort key of 1,025 bytes"] = (TooLongRange, Put(Good.With("S", new string('x', 1025)))),
        ["put of an item of 409,601 bytes"] = (
            "Item size has exceeded the maximum allowed size", Put(Good.With("D", new byte[409_601 - 5]))),
        ["put of a mistyped index key"] = (
            Invalid + "Type mismatch for Index Key G Expected: N Actual: S IndexName: ByG", Put(Good.With("G", "1"))),
        ["put of an empty index key"] = (
            NotValid + "A value specified for a secondary index key is not supported. The AttributeValue for a key attribute "
                + "cannot contain an empty string value. IndexName: ByH, IndexKey: H",
            Put(Good.With("H", ""))),
        ["put of an empty key of a local index"] = (
            NotValid + "A value specified for a secondary index key is not supported. The AttributeValue for a key attribute "
                + "cannot contain an empty binary value. IndexName: ByL, IndexKey: L",
            Put(Good.With("L", Array.Empty<byte>()))),
        ["put of an index partition key of 2,049 bytes"] = (TooLongHash, Put(Good.With("H", new string('x', 2049)))),
        ["put of nesting over 31"] = (
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
            Put(Good.With("D", Nested(32)))),
        ["put of half a surrogate pair"] = ("*surrogate*", Put(Good.With("D", "\uD83C"))),
        ["put of half a surrogate pair as key"] = ("*surrogate*", Put(Good.With("P", "\uD83C"))),
        ["put of an attribute without a name"] = ("Empty attribute name", Put(Good.With("", 1))),
        ["put that returns what it cannot"] = (
            "ReturnValues can only be ALL_OLD or NONE",
            (db, t) => db.PutItemAsync(new(t, Good) { ReturnValues = ReturnValue.ALL_NEW })),
        ["delete that returns what it cannot"] = (
            "ReturnValues can only be ALL_OLD or NONE",
            (db, t) => db.DeleteItemAsync(new(t, Good) { ReturnValues = ReturnValue.UPDATED_OLD })),
        ["get without the sort key"] = (NoMatch, Get(Good.Without("S"))),
        ["get with an attribute more"] = (NoMatch, Get(Good.With("X", 1))),
        ["get of a mistyped key"] = (NoMatch, Get(Good.With("S", 1))),
        ["get of an empty key"] = (EmptyKey + "P", Get(Good.With("P", ""))),
        ["get of a key of 2,049 bytes"] = (TooLongHash, Get(Good.With("P", new string('x', 2049)))),
        ["get of half a surrogate pair"] = ("*surrogate*", Get(Good.With("P", "\uD83C"))),
        ["delete without the sort key"] = (NoMatch, Delete(Good.Without("S"))),
        ["delete of a mistyped key"] = (NoMatch, Delete(Good.With("P", 1))),
        ["delete of an empty key"] = (EmptyKey + "S", Delete(Good.With("S", ""))),
        ["delete of half a surrogate pair"] = ("*surrogate*", Delete(Good.With("P", "\uD83C"))),
        ["update without the sort key"] = (NoMatch, Update(Good.Without("S"), "D", 1)),
        ["update of a mistyped key"] = (NoMatch, Update(Good.With("S", 1), "D", 1)),
        ["update of a key attribute"] = (
            Invalid + "Cannot update attribute S. This attribute is part of the key", Update(Good, "S", "t")),
        ["update to 409,601 bytes"] = (
            "Item size to update has exceeded the maximum allowed size", Update(Good, "D", new byte[409_601 - 5])),
        ["update to a mistyped index key"] = (
            Invalid + "Type mismatch for Index Key G Expected: N Actual: S IndexName: ByG", Update(Good, "G", "1")),
        ["update to an empty index key"] = (
            NotValid + "The update expression attempted to update a secondary index key to a value that is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty string value.",
            Update(Good, "H", "")),
        ["update to nesting over 31"] = ("Nesting Levels have exceeded supported limits:*", Update(Good, "D", Nested(32))),
        ["put into a table with an impossible name"] = (
            "1 validation error detected: Value 'a b' at 'tableName' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: [a-zA-Z0-9_.-]+",
            (db, _) => db.PutItemAsync(new("a b", Good))),
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_request_says_what_was_wrong_and_leaves_nothing_behind(string name)
    {
        var (message, call) = ByName[name];
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S")
            .WithGlobal("ByG", "G:N", delayMs: 0).WithGlobal("ByH", "H:S").WithLocal("ByL", "P:S L:B"));
        var before = await Host.RowsAsync();

        var refused = () => call(Host.Db, table);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await Host.RowsAsync()).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_request_leaves_the_stored_item_as_it_was(string name)
    {
        var (_, call) = ByName[name];
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S")
            .WithGlobal("ByG", "G:N", delayMs: 0).WithGlobal("ByH", "H:S").WithLocal("ByL", "P:S L:B"));
        await Host.PutAsync(table, Good.With("D", "old"));
        var before = await Host.RowsAsync();

        await call(Host.Db, table).ContinueWith(_ => { }, TaskScheduler.Default);

        (await Host.GetAsync(table, Good)).Should().Equal(Good.With("D", "old"));
        (await Host.RowsAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Refused_item_leaves_the_context_as_it_was()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        await using var context = Host.CreateContext();

        await context.Awaiting(c => c.ExtendDb().PutItemAsync(new(table, Good.Without("S"))))
            .Should().ThrowAsync<ValidationException>();

        context.ChangeTracker.Entries().Should().BeEmpty();
        context.Database.CurrentTransaction.Should().BeNull();
    }

    [Fact]
    public async Task Item_of_exactly_409600_bytes_is_accepted()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));

        var put = () => Host.PutAsync(table, Good.With("D", new byte[409_600 - 5]));

        await put.Should().NotThrowAsync();
    }

    [Theory]
    [InlineData("put")]
    [InlineData("get")]
    [InlineData("delete")]
    [InlineData("update")]
    public async Task Unknown_table_is_refused_in_the_words_of_a_data_operation(string operation)
    {
        Task Run() => operation switch
        {
            "put" => Put(Good)(Host.Db, "Nowhere"),
            "get" => Get(Good)(Host.Db, "Nowhere"),
            "delete" => Delete(Good)(Host.Db, "Nowhere"),
            _ => Update(Good, "D", 1)(Host.Db, "Nowhere"),
        };

        var refused = Run;

        await refused.Should().ThrowAsync<ResourceNotFoundException>().WithMessage("Requested resource not found");
    }

    [Theory]
    [InlineData("123456789012345678901234567890123456789", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("1E126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("-1E-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("abc", "The parameter cannot be converted to a numeric value: abc")]
    public void Number_that_DynamoDB_cannot_hold_is_refused(string text, string message)
    {
        var parse = () => DynamoNumber.Parse(text);

        parse.Should().Throw<ValidationException>().WithMessage(message);
    }

    [Fact]
    public void Empty_set_is_refused()
    {
        var make = () => new AttributeValue.SS();

        make.Should().Throw<ValidationException>().WithMessage(Invalid + "An string set  may not be empty");
    }

    [Fact]
    public void Set_with_a_member_twice_is_refused()
    {
        var make = () => new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("1.0"));

        make.Should().Throw<ValidationException>().WithMessage(Invalid + "Input collection [1, 1] contains duplicates.");
    }

    [Fact]
    public void Set_of_mixed_types_is_refused()
    {
        var read = () => AttributeJson.ReadMap("""{"Set":{"SS":["a",{"N":"1"}]}}"""u8);

        read.Should().Throw<JsonException>().WithMessage("Start of structure or map found where not expected");
    }

    private static Call Put(AttributeMap item) => (db, table) => db.PutItemAsync(new(table, item));

    private static Call Get(AttributeMap key) => (db, table) => db.GetItemAsync(new(table, key));

    private static Call Delete(AttributeMap key) => (db, table) => db.DeleteItemAsync(new(table, key));

    private static Call Update(AttributeMap key, string name, AttributeValue value) => (db, table) =>
        db.UpdateItemAsync(new(table, key)
        {
            AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { [name] = AttributeValueUpdate.Put(value) },
        });

    private static AttributeValue Nested(int levels)
    {
        AttributeValue nested = 1;
        for (var level = 0; level < levels; level++)
        {
            nested = new AttributeMap { ["a"] = nested };
        }

        return nested;
    }
}
