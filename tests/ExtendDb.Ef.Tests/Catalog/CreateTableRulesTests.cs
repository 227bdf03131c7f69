using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Catalog;

public sealed class CreateTableRulesTests
{
    private static readonly KeySchemaElement P = new("p", KeyType.HASH);
    private static readonly KeySchemaElement C = new("c", KeyType.RANGE);
    private static readonly KeySchemaElement X = new("x", KeyType.RANGE);

    private static CreateTableRequest Table(KeySchemaElement[] key, params string[] defined) =>
        new("Files", key, [.. defined.Select(name => new AttributeDefinition(name, AttributeType.S))]);

    private static GlobalSecondaryIndex Global(string name, params KeySchemaElement[] key) => new(name, key, Projection.All);

    private static LocalSecondaryIndex Local(string name, params KeySchemaElement[] key) => new(name, key, Projection.All);

    private static CreateTableRequest WithGlobal(params GlobalSecondaryIndex[] indexes) =>
        Table([P, C], "p", "c") with { GlobalSecondaryIndexes = indexes };

    private static CreateTableRequest WithLocal(params LocalSecondaryIndex[] indexes) =>
        Table([P, C], "p", "c", "x") with { LocalSecondaryIndexes = indexes };

    private static CreateTableRequest Named(string name) => Table([P], "p") with { TableName = name };

    private static CreateTableRequest Projecting(Projection projection) =>
        WithGlobal(new GlobalSecondaryIndex("gsi", [P], projection));

    private static CreateTableRequest Delayed(TimeSpan delay) =>
        WithGlobal(Global("gsi", P) with { PropagationDelay = delay });

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"n{i}")];

    private static CreateTableRequest TypedAs(AttributeType type) =>
        Named("Files") with { AttributeDefinitions = [new("p", type)] };

    private static readonly Dictionary<string, CreateTableRequest> Accepted = new()
    {
        ["a hash key"] = Table([P], "p"),
        ["a hash and a range key"] = Table([P, C], "p", "c"),
        ["a number as a key"] = TypedAs(AttributeType.N),
        ["a binary as a key"] = TypedAs(AttributeType.B),
        ["a name of 3"] = Named("a.-"),
        ["a name of 255"] = Named(new string('Z', 255)),
        ["an attribute name of 255"] = Table([new(new string('n', 255), KeyType.HASH)], new string('n', 255)),
        ["20 global indexes"] = WithGlobal([.. Names(20).Select(n => Global("g-" + n, P))]),
        ["5 local indexes"] = WithLocal([.. Names(5).Select(n => Local("l-" + n, P, X))]),
        ["an index that only it has the key of"] = Table([P], "p", "x") with { GlobalSecondaryIndexes = [Global("gsi", new KeySchemaElement("x", KeyType.HASH))] },
        ["keys only"] = Projecting(Projection.KeysOnly),
        ["20 included"] = Projecting(Projection.Include(Names(20))),
        ["no delay"] = Delayed(TimeSpan.Zero),
        ["a delay of one day"] = Delayed(TimeSpan.FromDays(1)),
    };

    private static readonly Dictionary<string, (CreateTableRequest Request, string Message)> Refused = new()
    {
        ["a name of 2"] = (Named("ab"), "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"),
        ["a name of 256"] = (Named(new string('a', 256)), "*at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255"),
        ["a name with a space"] = (Named("a b"), "*Value 'a b' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"),
        ["a name with a letter of another script"] = (Named("tablé"), "*regular expression pattern*"),
        ["a name that ends a line"] = (Named("table\n"), "*regular expression pattern*"),
        ["no key"] = (Table([], "p"), "*KeySchema of the table*"),
        ["three keys"] = (Table([P, C, X], "p", "c", "x"), "*KeySchema of the table*"),
        ["the range first"] = (Table([C, P], "p", "c"), "*KeySchema of the table*"),
        ["two hashes"] = (Table([P, new("c", KeyType.HASH)], "p", "c"), "*KeySchema of the table*"),
        ["only a range"] = (Table([C], "c"), "*KeySchema of the table*"),
        ["one attribute twice"] = (Table([P, new("p", KeyType.RANGE)], "p"), "*both the Hash Key and the Range Key*same name*p"),
        ["an undefined key"] = (Table([P, C], "p"), "*not defined in AttributeDefinitions*c*"),
        ["a key in another case"] = (Table([P], "P"), "*not defined in AttributeDefinitions*"),
        ["an unused definition"] = (Table([P], "p", "x"), "*Some AttributeDefinitions are not used*x*"),
        ["a definition twice"] = (Table([P], "p", "p"), "*Duplicate AttributeName in AttributeDefinitions: p"),
        ["a definition without a name"] = (Table([P], "p", ""), "*attributeName*length*"),
        ["a definition with a name of 256"] = (Table([P], "p", new string('a', 256)), "*attributeName*length*"),
        ["a Boolean key"] = (TypedAs(AttributeType.BOOL), "*Value 'BOOL' at *attributeType' failed to satisfy constraint: Member must satisfy enum value set: *"),
        ["a set as a key"] = (TypedAs(AttributeType.SS), "*enum value set*"),
        ["21 global indexes"] = (WithGlobal([.. Names(21).Select(n => Global("g-" + n, P))]), "*GlobalSecondaryIndex count exceeds the per-table limit of 20"),
        ["6 local indexes"] = (WithLocal([.. Names(6).Select(n => Local("l-" + n, P, X))]), "*LocalSecondaryIndexes exceeds per-table limit of 5"),
        ["an index name of 2"] = (WithGlobal(Global("ab", P)), "*'indexName'*length*"),
        ["an index name with a slash"] = (WithGlobal(Global("a/b", P)), "*'indexName'*pattern*"),
        ["an index name twice"] = (WithGlobal(Global("gsi", P), Global("gsi", P)), "One or more parameter values were invalid: Duplicate index name: gsi"),
        ["a local index named as a global one"] = (WithLocal(Local("gsi", P, X)) with { GlobalSecondaryIndexes = [Global("gsi", P)] }, "*Duplicate index name: gsi"),
        ["an index with an undefined key"] = (WithGlobal(Global("gsi", new KeySchemaElement("y", KeyType.HASH))), "*index gsi*y*"),
        ["an index with no key"] = (WithGlobal(Global("gsi")), "*KeySchema of index gsi*"),
        ["a local index on a hash-only table"] = (Table([P], "p", "x") with { LocalSecondaryIndexes = [Local("lsi", P, X)] }, "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex"),
        ["a local index without a range"] = (Table([P, C], "p", "c") with { LocalSecondaryIndexes = [Local("lsi", P)] }, "*does not have a range key for index: lsi"),
        ["a local index with another hash"] = (WithLocal(Local("lsi", new KeySchemaElement("x", KeyType.HASH), C)), "*same leading hash key as table KeySchema for index: lsi*"),
        ["INCLUDE without names"] = (Projecting(Projection.Include()), "*NonKeyAttributes*gsi*"),
        ["INCLUDE of a name twice"] = (Projecting(Projection.Include("a", "a")), "*NonKeyAttributes*gsi*"),
        ["INCLUDE of an empty name"] = (Projecting(Projection.Include("a", "")), "*NonKeyAttributes*gsi*"),
        ["INCLUDE of 101 names"] = (Projecting(Projection.Include(Names(101))), "*NonKeyAttributes*gsi*"),
        ["ALL with names"] = (Projecting(Projection.All with { NonKeyAttributes = ["a"] }), "*ProjectionType is ALL, but NonKeyAttributes is specified"),
        ["KEYS_ONLY with names"] = (Projecting(Projection.KeysOnly with { NonKeyAttributes = ["a"] }), "*ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified"),
        ["101 names over all indexes"] = (WithGlobal([.. Names(101).Chunk(20).Select((names, i) => new GlobalSecondaryIndex($"gsi{i}", [P], Projection.Include(names)))]), "*"),
        ["a negative delay"] = (Delayed(TimeSpan.FromMilliseconds(-1)), "*PropagationDelay of index gsi*"),
        ["a delay of more than a day"] = (Delayed(TimeSpan.FromDays(1) + TimeSpan.FromMilliseconds(1)), "*PropagationDelay of index gsi*"),
        ["a delay of half a millisecond"] = (Delayed(TimeSpan.FromMicroseconds(500)), "*PropagationDelay of index gsi*"),
        ["a key named half a surrogate pair"] = (Table([new("\ud83d", KeyType.HASH)], "\ud83d"), "*"),
        ["INCLUDE of half a surrogate pair"] = (Projecting(Projection.Include("\ud83d")), "*"),
    };

    public static TheoryData<string> AcceptedNames => [.. Accepted.Keys];

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public void Good_table_is_accepted(string what)
    {
        var request = Accepted[what];

        var check = () => CreateTableRules.Check(request);

        check.Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Bad_table_is_refused_with_what_is_wrong(string what)
    {
        var (request, message) = Refused[what];

        var check = () => CreateTableRules.Check(request);

        check.Should().Throw<ValidationException>().WithMessage(message);
    }
}
