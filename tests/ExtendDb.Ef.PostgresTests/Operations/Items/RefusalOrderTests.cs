using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>Of several things that are wrong with a request, the one that DynamoDB names first is named.</summary>
public class RefusalOrderTests(OperationsFixture database) : OperationsTests(database)
{
    private const string NotFound = "Requested resource not found";
    private const string NoMatch = "The provided key element does not match the schema";
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string Reserved = "Attribute name is a reserved keyword; reserved keyword: status";
    private const string TooLarge = "Item size has exceeded the maximum allowed size";
    private const string ConditionFalse = "The conditional request failed";
    private const string MistypedIndexKey = Invalid + "Type mismatch for Index Key G Expected: N Actual: S IndexName: ByG";
    private const string Nested = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";

    private static readonly AttributeMap Good = new() { ["P"] = "p" };
    private static readonly AttributeMap One = new() { [":v"] = 1 };
    private static readonly AttributeMap Text = new() { [":v"] = "x" };
    private static readonly AttributeMap Large = Good.With("D", new byte[409_601]);
    private static readonly IReadOnlyDictionary<string, ExpectedAttributeValue> BadExpected =
        new Dictionary<string, ExpectedAttributeValue> { ["A"] = new() };

    private delegate Task Call(IExtendDb db, string table);

    public static TheoryData<string> AnyTable => [.. Before.Keys];

    public static TheoryData<string> KnownTable => [.. After.Keys];

    /// <summary>Gets what is said whether the table is there or not.</summary>
    private static Dictionary<string, (string Message, Call Call)> Before => new()
    {
        ["syntax of a condition"] = (
            "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"",
            (db, t) => db.PutItemAsync(new(t, Good) { ConditionExpression = "(" })),
        ["reserved word in a condition"] = (
            "Invalid ConditionExpression: " + Reserved,
            (db, t) => db.DeleteItemAsync(new(t, Good)
            {
                ConditionExpression = "status = :v",
                ExpressionAttributeValues = One,
            })),
        ["reserved word in an update"] = (
            "Invalid UpdateExpression: " + Reserved,
            (db, t) => db.UpdateItemAsync(new(t, Good.With("X", 1))
            {
                UpdateExpression = "SET status = :v",
                ExpressionAttributeValues = One,
            })),
        ["reserved word in a projection"] = (
            "Invalid ProjectionExpression: " + Reserved,
            (db, t) => db.GetItemAsync(new(t, []) { ProjectionExpression = "status" })),
        ["reserved word in the projection of a batch"] = (
            "Invalid ProjectionExpression: " + Reserved,
            (db, t) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
            {
                [t] = new([Good, Good]) { ProjectionExpression = "status" },
            }))),
        ["update before condition"] = (
            "Invalid UpdateExpression: " + Reserved,
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET status = :v",
                ConditionExpression = "(",
                ExpressionAttributeValues = One,
            })),
        ["unused value"] = (
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
            (db, t) => db.PutItemAsync(new(t, Good)
            {
                ConditionExpression = "attribute_exists(P)",
                ExpressionAttributeValues = One,
            })),
        ["unused name before unused value"] = (
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}",
            (db, t) => db.PutItemAsync(new(t, Good)
            {
                ConditionExpression = "attribute_exists(P)",
                ExpressionAttributeValues = One,
                ExpressionAttributeNames = new Dictionary<string, string> { ["#n"] = "n" },
            })),
        ["values without an expression, put"] = (
            "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null",
            (db, t) => db.PutItemAsync(new(t, Good) { ExpressionAttributeValues = One })),
        ["values without an expression, update"] = (
            "ExpressionAttributeValues can only be specified when using expressions: "
                + "UpdateExpression and ConditionExpression are null",
            (db, t) => db.UpdateItemAsync(new(t, Good) { ExpressionAttributeValues = One })),
        ["names before values without an expression"] = (
            "ExpressionAttributeNames can only be specified when using expressions",
            (db, t) => db.DeleteItemAsync(new(t, Good)
            {
                ExpressionAttributeValues = One,
                ExpressionAttributeNames = new Dictionary<string, string> { ["#n"] = "n" },
            })),
        ["mix of both, put"] = (
            Mixed("Expected, ConditionalOperator", "ConditionExpression"),
            (db, t) => db.PutItemAsync(new(t, Good)
            {
                Expected = BadExpected,
                ConditionalOperator = ConditionalOperator.OR,
                ConditionExpression = "(",
            })),
        ["mix of both, empty map"] = (
            Mixed("Expected", "ConditionExpression"),
            (db, t) => db.DeleteItemAsync(new(t, Good)
            {
                Expected = new Dictionary<string, ExpectedAttributeValue>(),
                ConditionExpression = "attribute_exists(P)",
            })),
        ["mix of both, update"] = (
            Mixed("AttributeUpdates, Expected, ConditionalOperator", "UpdateExpression, ConditionExpression"),
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate>(),
                Expected = BadExpected,
                ConditionalOperator = ConditionalOperator.OR,
                UpdateExpression = "(",
                ConditionExpression = "(",
            })),
        ["mix of both, update and expected"] = (
            Mixed("Expected", "UpdateExpression"),
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                Expected = BadExpected,
                UpdateExpression = "SET A = :v",
                ExpressionAttributeValues = One,
            })),
        ["mix of both, get"] = (
            Mixed("AttributesToGet", "ProjectionExpression"),
            (db, t) => db.GetItemAsync(new(t, Good) { AttributesToGet = ["A", "A"], ProjectionExpression = "status" })),
        ["mix of both, batch"] = (
            Mixed("AttributesToGet", "ProjectionExpression"),
            (db, t) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
            {
                [t] = new([Good]) { AttributesToGet = ["A"], ProjectionExpression = "A" },
            }))),
        ["mix of both over the tables of a batch"] = (
            Mixed("AttributesToGet", "ProjectionExpression"),
            (db, t) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
            {
                [t] = new([Good]) { AttributesToGet = ["A"] },
                [t + "2"] = new([Good]) { ProjectionExpression = "A" },
            }))),
        ["attribute asked for twice"] = (
            Invalid + "Duplicate value in attribute name: A",
            (db, t) => db.GetItemAsync(new(t, Good) { AttributesToGet = ["A", "B", "A"] })),
        ["attribute asked for twice before duplicate keys"] = (
            Invalid + "Duplicate value in attribute name: A",
            (db, t) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
            {
                [t] = new([Good, Good]) { AttributesToGet = ["A", "A"] },
            }))),
        ["duplicate keys of a BatchGetItem"] = (
            "Provided list of item keys contains duplicates",
            (db, t) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
            {
                [t] = new([
                    ItemJson.Map("""{"N":{"N":"1"},"Q":{"S":"q"}}"""), ItemJson.Map("""{"Q":{"S":"q"},"N":{"N":"1.0"}}"""),
                ]),
            }))),
        ["keys over several tables"] = (
            "Too many items requested for the BatchGetItem call",
            (db, t) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
            {
                [t] = new([.. Enumerable.Range(0, 100).Select(i => Good.With("P", $"{i}"))]),
                [t + "2"] = new([Good]),
            }))),
        ["no tables in a BatchGetItem"] = (
            "The requestItems parameter is required for BatchGetItem",
            (db, _) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>()))),
        ["no tables in a BatchWriteItem"] = (
            "The requestItems parameter is required for BatchWriteItem",
            (db, _) => db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>()))),
        ["write of a batch that is nothing"] = (
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
            (db, t) => db.BatchWriteItemAsync(new(Writes(t, new WriteRequest())))),
        ["write of a batch that is both"] = (
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
            (db, t) => db.BatchWriteItemAsync(new(Writes(
                t, new WriteRequest { PutRequest = new(Good), DeleteRequest = new(Good) })))),
        ["writes over several tables"] = (
            "Too many items requested for the BatchWriteItem call",
            (db, t) => db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [t] = [.. Enumerable.Range(0, 25).Select(i => WriteRequest.Put(Good.With("P", $"{i}")))],
                [t + "2"] = [WriteRequest.Put(Good)],
            }))),
        ["returned values before an expectation"] = (
            "ReturnValues can only be ALL_OLD or NONE",
            (db, t) => db.PutItemAsync(new(t, Good) { ReturnValues = ReturnValue.ALL_NEW, Expected = BadExpected })),
        ["returned values before a syntax error"] = (
            "ReturnValues can only be ALL_OLD or NONE",
            (db, t) => db.DeleteItemAsync(new(t, Good) { ReturnValues = ReturnValue.ALL_NEW, ConditionExpression = "(" })),
        ["expectation"] = (
            Invalid + "Value must be provided when Exists is null for Attribute: A",
            (db, t) => db.PutItemAsync(new(t, Good.Without("P")) { Expected = BadExpected })),
        ["conditional operator alone"] = (
            "ConditionalOperator cannot be used without Filter or Expected",
            (db, t) => db.PutItemAsync(new(t, Good) { ConditionalOperator = ConditionalOperator.AND })),
        ["conditional operator of one"] = (
            "ConditionalOperator can only be used when Filter or Expected has two or more elements",
            (db, t) => db.PutItemAsync(new(t, Good)
            {
                ConditionalOperator = ConditionalOperator.AND,
                Expected = new Dictionary<string, ExpectedAttributeValue> { ["A"] = new() { Exists = false } },
            })),
        ["nameless attribute"] = ("Empty attribute name", (db, t) => db.PutItemAsync(new(t, Good.With("", 1)))),
    };

    /// <summary>Gets what is said of a table that is there; of one that is not, that it is not.</summary>
    private static Dictionary<string, (string Message, Call Call)> After => new()
    {
        ["size of an item"] = (TooLarge, (db, t) => db.PutItemAsync(new(t, Large))),
        ["size of an item in a batch"] = (TooLarge, (db, t) => db.BatchWriteItemAsync(new(Writes(t, WriteRequest.Put(Large))))),
        ["key before size"] = (
            Invalid + "Missing the key P in the item", (db, t) => db.PutItemAsync(new(t, Large.Without("P")))),
        ["index key before size"] = (MistypedIndexKey, (db, t) => db.PutItemAsync(new(t, Large.With("G", "x")))),
        ["key before condition, put"] = (
            Invalid + "Type mismatch for key P expected: S actual: N",
            (db, t) => db.PutItemAsync(new(t, Good.With("P", 1)) { ConditionExpression = "attribute_exists(P)" })),
        ["key before condition, update"] = (
            NoMatch,
            (db, t) => db.UpdateItemAsync(new(t, Good.With("X", 1)) { ConditionExpression = "attribute_exists(P)" })),
        ["key before condition, delete"] = (
            NoMatch, (db, t) => db.DeleteItemAsync(new(t, []) { ConditionExpression = "attribute_exists(P)" })),
        ["size before condition"] = (
            TooLarge, (db, t) => db.PutItemAsync(new(t, Large) { ConditionExpression = "attribute_exists(P)" })),
        ["key attribute before condition"] = (
            Invalid + "Cannot update attribute P. This attribute is part of the key",
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET P = :v",
                ConditionExpression = "attribute_exists(P)",
                ExpressionAttributeValues = Text,
            })),
        ["key attribute before index key"] = (
            Invalid + "Cannot update attribute P. This attribute is part of the key",
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET G = :v, P = :v",
                ExpressionAttributeValues = Text,
            })),
        ["path below a key attribute is an update of it"] = (
            Invalid + "Cannot update attribute P. This attribute is part of the key",
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET P.a = :v",
                ExpressionAttributeValues = Text,
            })),
        ["index key before condition"] = (
            MistypedIndexKey,
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET G = :v",
                ConditionExpression = "attribute_exists(P)",
                ExpressionAttributeValues = Text,
            })),
        ["index key by a legacy update before condition"] = (
            MistypedIndexKey,
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["G"] = AttributeValueUpdate.Put("x") },
                Expected = new Dictionary<string, ExpectedAttributeValue> { ["A"] = new() { Value = 1 } },
            })),
        ["index key before a path into one"] = (
            MistypedIndexKey,
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET G = :v, A = P.b",
                ExpressionAttributeValues = Text,
            })),
        ["path into a key before condition"] = (
            Nested + "Key: P",
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET A = P.b",
                ConditionExpression = "attribute_exists(P)",
            })),
        ["path into an index key before condition"] = (
            Nested + "IndexKey: G",
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET G.b = :v",
                ConditionExpression = "attribute_exists(P)",
                ExpressionAttributeValues = One,
            })),
        ["condition before an operand"] = (
            ConditionFalse,
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET A = B",
                ConditionExpression = "attribute_exists(P)",
            })),
        ["condition before the size of the update"] = (
            ConditionFalse,
            (db, t) => db.UpdateItemAsync(new(t, Good)
            {
                UpdateExpression = "SET A = :v",
                ConditionExpression = "attribute_exists(P)",
                ExpressionAttributeValues = new AttributeMap { [":v"] = new byte[409_601] },
            })),
        ["key of a get"] = (NoMatch, (db, t) => db.GetItemAsync(new(t, []))),
        ["key of a batch get"] = (
            NoMatch,
            (db, t) => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes> { [t] = new([Good, []]) }))),
        ["path into a key of a get"] = (
            Nested + "Key: P", (db, t) => db.GetItemAsync(new(t, Good) { ProjectionExpression = "P[0]" })),
        ["item of a batch without its key"] = (
            NoMatch, (db, t) => db.BatchWriteItemAsync(new(Writes(t, WriteRequest.Put(Good.Without("P")))))),
        ["item of a batch with a mistyped key"] = (
            NoMatch, (db, t) => db.BatchWriteItemAsync(new(Writes(t, WriteRequest.Put(Good.With("P", 1)))))),
        ["deletion of a batch with an attribute more"] = (
            NoMatch, (db, t) => db.BatchWriteItemAsync(new(Writes(t, WriteRequest.Delete(Good.With("X", 1)))))),
        ["empty key of a batch"] = (
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                + "string value. Key: P",
            (db, t) => db.BatchWriteItemAsync(new(Writes(t, WriteRequest.Put(Good.With("P", "")))))),
        ["duplicate keys of a BatchWriteItem"] = (
            "Provided list of item keys contains duplicates",
            (db, t) => db.BatchWriteItemAsync(new(Writes(
                t, WriteRequest.Put(Good.With("A", 1)), WriteRequest.Delete(Good))))),
    };

    [Theory]
    [MemberData(nameof(AnyTable))]
    public async Task Fault_of_the_request_itself_is_said_before_the_table_is_looked_up(string name)
    {
        var (message, call) = Before[name];
        var table = await TableAsync();
        var before = await Host.RowsAsync();

        var (refused, lost) = ((Func<Task>)(() => call(Host.Db, table)), (Func<Task>)(() => call(Host.Db, "Nowhere")));

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        await lost.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await Host.RowsAsync()).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(KnownTable))]
    public async Task Fault_against_the_table_is_said_after_the_table_is_looked_up(string name)
    {
        var (message, call) = After[name];
        var table = await TableAsync();
        var before = await Host.RowsAsync();

        var (refused, lost) = ((Func<Task>)(() => call(Host.Db, table)), (Func<Task>)(() => call(Host.Db, "Nowhere")));

        await refused.Should().ThrowAsync<DynamoDbException>().WithMessage(message);
        await lost.Should().ThrowAsync<ResourceNotFoundException>().WithMessage(NotFound);
        (await Host.RowsAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Batch_with_a_missing_table_is_refused_before_the_keys_of_the_others_and_writes_nothing()
    {
        var table = await TableAsync();
        var before = await Host.RowsAsync();

        var refused = () => Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table] = [WriteRequest.Put(Good), WriteRequest.Delete(Good.With("P", 1))],
            ["Nowhere"] = [WriteRequest.Put(Good)],
        }));

        await refused.Should().ThrowAsync<ResourceNotFoundException>().WithMessage(NotFound);
        (await Host.RowsAsync()).Should().Be(before);
    }

    private static string Mixed(string older, string newer) =>
        "Can not use both expression and non-expression parameters in the same request: "
        + $"Non-expression parameters: {{{older}}} Expression parameters: {{{newer}}}";

    private static Dictionary<string, IReadOnlyList<WriteRequest>> Writes(string table, params WriteRequest[] writes) =>
        new() { [table] = writes };

    private Task<string> TableAsync() => Host.CreateAsync(OperationsTable.Of("P:S").WithGlobal("ByG", "G:N"));
}
