using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Catalog;

public class CreateTableRefusalTests(ExtendDbFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";

    public static TheoryData<string> Refusals => [.. ByName.Keys];

    private static CreateTableRequest Good => OperationsTable.Of("Hash:S Sort:S");

    private static Dictionary<string, (string Message, CreateTableRequest Request)> ByName => new()
    {
        ["short name"] = ("*'ab' at 'tableName'*greater than or equal to 3", Good with { TableName = "ab" }),
        ["long name"] = ("*at 'tableName'*less than or equal to 255", Good with { TableName = new('x', 256) }),
        ["name with a blank"] = ("*'a b c'*regular expression pattern: [a-zA-Z0-9_.-]+", Good with { TableName = "a b c" }),
        ["no key"] = (Invalid + "*KeySchema*", Good with { KeySchema = [] }),
        ["three key elements"] = (Invalid + "*KeySchema*", Good with
        {
            KeySchema = [.. Good.KeySchema, new("Third", KeyType.RANGE)],
        }),
        ["two hashes"] = (Invalid + "*KeySchema*", Good with
        {
            KeySchema = [new("Hash", KeyType.HASH), new("Sort", KeyType.HASH)],
        }),
        ["range only"] = (Invalid + "*KeySchema*", Good with { KeySchema = [new("Sort", KeyType.RANGE)] }),
        ["one attribute twice"] = (Invalid + "*same name*", Good with
        {
            KeySchema = [new("Hash", KeyType.HASH), new("Hash", KeyType.RANGE)],
        }),
        ["key that is not defined"] = (Invalid + "*not defined in AttributeDefinitions*", Good with
        {
            AttributeDefinitions = [new("Hash", AttributeType.S)],
        }),
        ["definition that no key uses"] = (Invalid + "*AttributeDefinitions*not used*", Good with
        {
            AttributeDefinitions = [.. Good.AttributeDefinitions, new("Extra", AttributeType.S)],
        }),
        ["definition given twice"] = (Invalid + "*Duplicate*", Good with
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
        ["INCLUDE of nothing"] = (Invalid + "*NonKeyAttributes*", Good.WithGlobal("ByA", "A:S", Projection.Include())),
        ["NonKeyAttributes of ALL"] = (
            Invalid + "ProjectionType is ALL, but NonKeyAttributes is specified",
            Good.WithGlobal("ByA", "A:S", Projection.All with { NonKeyAttributes = ["X"] })),
        ["delay below 0"] = (Invalid + "*PropagationDelay*", Good.WithGlobal("ByA", "A:S", delayMs: -1)),
        ["delay over a day"] = (Invalid + "*PropagationDelay*", Good.WithGlobal("ByA", "A:S", delayMs: 86_400_001)),
        ["21 global indexes"] = (
            Invalid + "*GlobalSecondaryIndex*20", Enumerable.Range(0, 21).Aggregate(Good, (t, i) => t.WithGlobal($"By{i:00}", "A:S"))),
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
