using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>What is wrong with the shape of a request is said all at once, in DynamoDB's order, before all else.</summary>
public class RequestShapeTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Null = "failed to satisfy constraint: Member must not be null";
    private const string Pattern = "failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    private const string Capacity = "Value '9' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum "
        + "value set: [INDEXES, TOTAL, NONE]";

    private const string Metrics = "Value '9' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy "
        + "enum value set: [SIZE, NONE]";

    private const string Returned = "Value '9' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: "
        + "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]";

    private const string Joined = "Value '9' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value "
        + "set: [OR, AND]";

    private const string Compared = "Value '99' at 'expected.A.member.comparisonOperator' failed to satisfy constraint: Member must "
        + "satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]";

    private const string Keys = "failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than "
        + "or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: "
        + "[a-zA-Z0-9_.-]+]";

    private const string Writes = "Map value must satisfy constraint: [Member must have length less than or equal to 25, Member "
        + "must have length greater than or equal to 1]";

    private static readonly AttributeMap Key = new() { ["Id"] = "1" };

    private static readonly Dictionary<string, ExpectedAttributeValue> Expected = new()
    {
        ["A"] = new() { ComparisonOperator = (ComparisonOperator)99 },
    };

    public static TheoryData<string> Cases => [.. ByName.Keys];

    private static Dictionary<string, (string Message, Func<IExtendDb, Task> Call)> ByName => new()
    {
        ["put"] = (
            All(Capacity, Bad("tableName"), $"Value null at 'item' {Null}", Joined, Compared, Returned, Metrics),
            db => db.PutItemAsync(new("a b", null!)
            {
                ConditionalOperator = (ConditionalOperator)9,
                Expected = Expected,
                ReturnValues = (ReturnValue)9,
                ReturnConsumedCapacity = (ReturnConsumedCapacity)9,
                ReturnItemCollectionMetrics = (ReturnItemCollectionMetrics)9,
            })),
        ["get"] = (
            All("Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1",
                Capacity, $"Value null at 'key' {Null}", Bad("tableName")),
            db => db.GetItemAsync(new("a b", null!)
            {
                AttributesToGet = [],
                ReturnConsumedCapacity = (ReturnConsumedCapacity)9,
            })),
        ["update"] = (
            All(Capacity, Bad("tableName"), Metrics, Returned, Joined, $"Value null at 'key' {Null}", Compared),
            db => db.UpdateItemAsync(new("a b", null!)
            {
                ConditionalOperator = (ConditionalOperator)9,
                Expected = Expected,
                ReturnValues = (ReturnValue)9,
                ReturnConsumedCapacity = (ReturnConsumedCapacity)9,
                ReturnItemCollectionMetrics = (ReturnItemCollectionMetrics)9,
            })),
        ["delete"] = (
            All(Capacity, Bad("tableName"), Returned, Metrics, Joined, $"Value null at 'key' {Null}", Compared),
            db => db.DeleteItemAsync(new("a b", null!)
            {
                ConditionalOperator = (ConditionalOperator)9,
                Expected = Expected,
                ReturnValues = (ReturnValue)9,
                ReturnConsumedCapacity = (ReturnConsumedCapacity)9,
                ReturnItemCollectionMetrics = (ReturnItemCollectionMetrics)9,
            })),
        ["no table name"] = (
            All($"Value null at 'tableName' {Null}"), db => db.PutItemAsync(new(null!, Key))),
        ["empty table name"] = (
            All("Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1", Returned),
            db => db.PutItemAsync(new("", Key) { ReturnValues = (ReturnValue)9 })),
        ["long table name"] = (
            All($"Value '{new string('a', 256)}' at 'tableName' failed to satisfy constraint: Member must have length less than or "
                + "equal to 255"),
            db => db.DeleteItemAsync(new(new string('a', 256), Key))),
        ["legacy action"] = (
            All("Value '9' at 'attributeUpdates.A.member.action' failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ADD, DELETE, PUT]"),
            db => db.UpdateItemAsync(new("Nowhere", Key)
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["A"] = new((AttributeAction)9) },
            })),
        ["what a false condition returns"] = (
            All("Value '9' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value "
                + "set: [ALL_OLD, NONE]"),
            db => db.PutItemAsync(new("Nowhere", Key)
            {
                ReturnValuesOnConditionCheckFailure = (ReturnValuesOnConditionCheckFailure)9,
            })),
        ["get of an attribute without a name"] = (
            All($"Value null at 'attributesToGet.2.member' {Null}"),
            db => db.GetItemAsync(new("Abc", Key) { AttributesToGet = ["a", null!] })),
        ["batch get of an attribute without a name"] = (
            All($"Value null at 'requestItems.Abc.member.attributesToGet.1.member' {Null}"),
            db => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes> { ["Abc"] = new([Key]) { AttributesToGet = [null!] } }))),
        ["query of an attribute without a name"] = (
            All($"Value null at 'attributesToGet.1.member' {Null}"),
            db => db.QueryAsync(new("Abc") { AttributesToGet = [null!] })),
        ["scan of an attribute without a name"] = (
            All($"Value null at 'attributesToGet.1.member' {Null}"),
            db => db.ScanAsync(new("Abc") { AttributesToGet = [null!] })),
        ["batch get of nothing"] = (
            All($"Value null at 'requestItems' {Null}"), db => db.BatchGetItemAsync(new(null!))),
        ["batch get of a bad table"] = (
            All($"Value '{{*}}' at 'requestItems' {Keys}"),
            db => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes> { ["a!"] = new([Key]) }))),
        ["batch get without keys"] = (
            All($"Value null at 'requestItems.Abc.member.keys' {Null}"),
            db => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes> { ["Abc"] = new(null!) }))),
        ["batch get of 101 keys"] = (
            All("Value at 'RequestItems.Abc.member.Keys' failed to satisfy constraint: Member must have length less than or "
                + "equal to 100"),
            db => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
            {
                ["Abc"] = new([.. Enumerable.Repeat(Key, 101)]),
            }))),
        ["batch get of no keys"] = (
            All("Value at 'RequestItems.Abc.member.Keys' failed to satisfy constraint: Member must have length greater than or "
                + "equal to 1"),
            db => db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes> { ["Abc"] = new([]) }))),
        ["batch write of nothing"] = (
            All(Capacity, Metrics, $"Value null at 'requestItems' {Null}"),
            db => db.BatchWriteItemAsync(new(null!)
            {
                ReturnConsumedCapacity = (ReturnConsumedCapacity)9,
                ReturnItemCollectionMetrics = (ReturnItemCollectionMetrics)9,
            })),
        ["batch write of a bad table"] = (
            All($"Value '{{*}}' at 'requestItems' {Keys}"), db => db.BatchWriteItemAsync(new(Batch("a!", WriteRequest.Put(Key))))),
        ["batch write whose enum hides a bad table"] = (
            All(Capacity),
            db => db.BatchWriteItemAsync(new(Batch("a!", WriteRequest.Put(Key)))
            {
                ReturnConsumedCapacity = (ReturnConsumedCapacity)9,
            })),
        ["batch write of 26 items"] = (
            All($"Value '{{Abc=[*]}}' at 'requestItems' failed to satisfy constraint: {Writes}"),
            db => db.BatchWriteItemAsync(new(Batch("Abc", [.. Enumerable.Repeat(WriteRequest.Put(Key), 26)])))),
        ["batch write of no items"] = (
            All($"Value '{{Abc=[]}}' at 'requestItems' failed to satisfy constraint: {Writes}"),
            db => db.BatchWriteItemAsync(new(Batch("Abc")))),
        ["batch write without keys and items"] = (
            All($"Value null at 'requestItems.Abc.member.1.member.deleteRequest.key' {Null}",
                $"Value null at 'requestItems.Abc.member.1.member.putRequest.item' {Null}"),
            db => db.BatchWriteItemAsync(new(Batch(
                "Abc", new WriteRequest { PutRequest = new(null!), DeleteRequest = new(null!) })))),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Faults_of_shape_are_said_all_at_once(string name)
    {
        var (message, call) = ByName[name];

        var refused = () => call(Host.Db);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
    }

    private static string All(params string[] errors) =>
        $"{errors.Length} validation error{(errors.Length == 1 ? "" : "s")} detected: {string.Join("; ", errors)}";

    private static string Bad(string member) => $"Value 'a b' at '{member}' {Pattern}";

    private static Dictionary<string, IReadOnlyList<WriteRequest>> Batch(string table, params WriteRequest[] writes) =>
        new() { [table] = writes };
}
