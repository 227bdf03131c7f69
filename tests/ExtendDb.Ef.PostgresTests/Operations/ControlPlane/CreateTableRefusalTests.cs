using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class CreateTableRefusalTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";

    public static TheoryData<string> Refusals => [.. ByName.Keys];

    private static CreateTableRequest Good => OperationsTable.Of("Hash:S Sort:S");

    private static Dictionary<string, (string Message, CreateTableRequest Request)> ByName => new()
    {
        ["short name"] = ("*'ab' at 'tableName'*greater than or equal to 3", Good with { TableName = "ab" }),
        ["long name"] = ("*at 'tableName'*less than or equal to 255", Good with { TableName = new('x', 256) }),
        ["name with a blank"] = ("*'a b c'*regular expression pattern: [a-zA-Z0-9_.-]+", Good with { TableName = "a b c" }),
        ["no key"] = ("*'[]' at 'keySchema'*length greater than or equal to 1", Good with { KeySchema = [] }),
        ["three key elements"] = ("*at 'keySchema'*length less than or equal to 2", Good with
        {
            KeySchema = [.. Good.KeySchema, new("Third", KeyType.RANGE)],
        }),
        ["two hashes"] = ("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type", Good with
        {
            KeySchema = [new("Hash", KeyType.HASH), new("Sort", KeyType.HASH)],
        }),
        ["five hashes of a global index"] = (
            "Too many partition keys. GSI can have at most 4 partition keys",
            Good.WithGlobal("Index", "A:S B:S C:S D:S E:S |")),
        ["five ranges of a global index"] = (
            "Too many sort keys. GSI can have at most 4 sort keys", Good.WithGlobal("Index", "Hash:S A:S B:S C:S D:S E:S")),
        ["nine elements of a global index"] = (
            "*at 'globalSecondaryIndexes.1.member.keySchema'*length less than or equal to 8",
            Good.WithGlobal("Index", "A:S B:S C:S D:S | E:S F:S G:S H:S I:S")),
        ["a hash behind a range"] = (
            "Invalid key order. Hash Key must be specified first in key schema, Range Key must be specified second",
            Good.WithGlobal("Index", "Hash:S Sort:S A:S") with
            {
                GlobalSecondaryIndexes =
                [
                    new("Index", [new("Hash", KeyType.HASH), new("Sort", KeyType.RANGE), new("A", KeyType.HASH)], Projection.All),
                ],
            }),
        ["one attribute twice among several"] = (
            "Two keys can not have the same name", Good.WithGlobal("Index", "Hash:S Sort:S | Hash:S")),
        ["several ranges without a hash"] = (
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
            Good.WithGlobal("Index", "Hash:S Sort:S") with
            {
                GlobalSecondaryIndexes =
                [
                    new("Index", [new("Hash", KeyType.RANGE), new("Sort", KeyType.RANGE)], Projection.All),
                ],
            }),
        ["three key elements of a local index"] = (
            "*at 'localSecondaryIndexes.1.member.keySchema'*length less than or equal to 2",
            Good.WithLocal("Index", "Hash:S A:S B:S")),
        ["range only"] = ("Invalid KeySchema: The first KeySchemaElement is not a HASH key type", Good with
        {
            KeySchema = [new("Sort", KeyType.RANGE)],
        }),
        ["one attribute twice"] = ("Both the Hash Key and the Range Key element in the KeySchema have the same name", Good with
        {
            KeySchema = [new("Hash", KeyType.HASH), new("Hash", KeyType.RANGE)],
        }),
        ["key without a definition"] = ("Invalid KeySchema: Some index key attribute have no definition", Good with
        {
            AttributeDefinitions = [new("Hash", AttributeType.S)],
        }),
        ["key that is not defined"] = (
            Invalid + "Some index key attributes are not defined in AttributeDefinitions. Keys: [Hash, Sort], "
                + "AttributeDefinitions: [Hash, sort]",
            Good with { AttributeDefinitions = [new("Hash", AttributeType.S), new("sort", AttributeType.S)] }),
        ["definition that no key uses"] = (
            Invalid + "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                + "AttributeDefinitions",
            Good with { AttributeDefinitions = [.. Good.AttributeDefinitions, new("Extra", AttributeType.S)] }),
        ["definition that no key and no index uses"] = (
            Invalid + "Some AttributeDefinitions are not used. AttributeDefinitions: [Hash, Sort, A, Extra], "
                + "keys used: [Hash, Sort, A]",
            Good.WithGlobal("ByA", "A:S") is var indexed
                ? indexed with { AttributeDefinitions = [.. indexed.AttributeDefinitions, new("Extra", AttributeType.S)] }
                : Good),
        ["definition given twice"] = ("Attribute Name is duplicated: Hash", Good with
        {
            AttributeDefinitions = [.. Good.AttributeDefinitions, new("Hash", AttributeType.N)],
        }),
        ["key of type BOOL"] = ("*[B, N, S]*", Good with
        {
            AttributeDefinitions = [new("Hash", AttributeType.BOOL), new("Sort", AttributeType.S)],
        }),
        ["index name given twice"] = (
            Invalid + "Duplicate index name: Twice", Good.WithGlobal("Twice", "A:S").WithLocal("Twice", "Hash:S B:S")),
        ["local index without a range key on the table"] = (
            Invalid + "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
            OperationsTable.Of("Hash:S").WithLocal("ByB", "Hash:S B:S")),
        ["local index of another hash"] = (Invalid + "*leading hash key*", Good.WithLocal("ByB", "Sort:S B:S")),
        ["local index without a range key"] = (Invalid + "*range key*", Good.WithLocal("ByB1", "Hash:S")),
        ["INCLUDE of nothing"] = (
            Invalid + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified", Good.WithGlobal("ByA", "A:S", Projection.Include())),
        ["NonKeyAttributes of ALL"] = (
            Invalid + "ProjectionType is ALL, but NonKeyAttributes is specified",
            Good.WithGlobal("ByA", "A:S", Projection.All with { NonKeyAttributes = ["X"] })),
        ["delay below 0"] = (Invalid + "*PropagationDelay*", Good.WithGlobal("ByA", "A:S", delayMs: -1)),
        ["delay over a day"] = (Invalid + "*PropagationDelay*", Good.WithGlobal("ByA", "A:S", delayMs: 86_400_001)),
        ["21 global indexes"] = (
            Invalid + "*GlobalSecondaryIndex*20", Enumerable.Range(0, 21).Aggregate(Good, (t, i) => t.WithGlobal($"By{i:00}", "A:S"))),
        ["PROVISIONED without a capacity"] = (
            Invalid + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
            Good with { BillingMode = BillingMode.PROVISIONED }),
        ["PAY_PER_REQUEST with a capacity"] = (
            Invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                + "PAY_PER_REQUEST",
            Good with { BillingMode = BillingMode.PAY_PER_REQUEST, ProvisionedThroughput = new(1, 1) }),
        ["capacity of 0"] = (
            "2 validation errors detected: Value '0' at 'provisionedThroughput.writeCapacityUnits' failed to satisfy "
                + "constraint: Member must have value greater than or equal to 1; Value '0' at "
                + "'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater "
                + "than or equal to 1",
            Good with { ProvisionedThroughput = new(0, 0) }),
        ["half a capacity"] = (
            "1 validation error detected: Value null at 'provisionedThroughput.writeCapacityUnits' failed to satisfy "
                + "constraint: Member must not be null",
            Good with { ProvisionedThroughput = new(1, null) }),
        ["capacity out of bounds"] = (
            "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
            Good with { ProvisionedThroughput = new(1_000_000_000_001, 1) }),
        ["PROVISIONED index without a capacity"] = (
            Invalid + "ProvisionedThroughput is not specified for index: ByA",
            Good.WithGlobal("ByA", "A:S") with { ProvisionedThroughput = new(1, 1) }),
        ["PAY_PER_REQUEST index with a capacity"] = (
            Invalid + "ProvisionedThroughput should not be specified for index: ByA when BillingMode is PAY_PER_REQUEST",
            Good.WithGlobal("ByA", "A:S", read: 1)),
        ["stream without a view"] = (
            "Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams.",
            Good with { StreamSpecification = new(true) }),
        ["stream that is disabled with a view"] = (
            Invalid + "Table is being created with a stream disabled, UpdateViewType should not be specified",
            Good with { StreamSpecification = new(false, StreamViewType.KEYS_ONLY) }),
        ["tag of the provider"] = (
            "Tag Key cannot be prefixed with aws:, Key: aws:x", Good with { Tags = [new("aws:x", "y")] }),
        ["51 tags"] = (
            "Number of Tags exceed the current limit for the provided ResourceArn",
            Good with { Tags = [.. Enumerable.Range(0, 51).Select(i => new Tag($"{i}", ""))] }),
        ["six local indexes"] = (
            Invalid + "*LocalSecondaryIndexes*5", Enumerable.Range(0, 6).Aggregate(Good, (t, i) => t.WithLocal($"By{i:00}", "Hash:S A:S"))),
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Definition_that_breaks_a_rule_is_refused_and_creates_nothing(string name)
    {
        var (message, request) = ByName[name];
        var before = await Host.CountAsync("tables");

        var refused = () => Host.CreateAsync(request);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await Host.CountAsync("tables")).Should().Be(before);
    }
}
