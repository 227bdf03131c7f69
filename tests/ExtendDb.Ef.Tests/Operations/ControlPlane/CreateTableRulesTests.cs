using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.ControlPlane;

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
        ["an ARN"] = Named("arn:aws:dynamodb:local:000000000000:table/Files"),
        ["maxima and warm throughput"] = WithGlobal(Global("gsi", P) with { OnDemandThroughput = new(1, null), WarmThroughput = new(12_001, null) }) with
        {
            OnDemandThroughput = new(null, 1),
            WarmThroughput = new(null, 4_001),
        },
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
        ["a key without a part"] = (
            Table([new("p", default)], "p"),
            "1 validation error detected: Value null at 'keySchema.1.member.keyType' failed to satisfy constraint: Member "
            + "must not be null"),
        ["an attribute without a type"] = (
            TypedAs(default),
            "1 validation error detected: Value null at 'attributeDefinitions.1.member.attributeType' failed to satisfy "
            + "constraint: Member must not be null"),
        ["a projection without a type"] = (
            Projecting(new(default(ProjectionType))), "One or more parameter values were invalid: Unknown ProjectionType: null"),
        ["no name"] = (Table([], "p") with { TableName = null! }, "The parameter 'TableName' is required but was not present in the request"),
        ["an ARN of a name of 2"] = (Named("arn:aws:dynamodb:local:000000000000:table/ab"), "1 validation error detected: Value 'arn:aws:dynamodb:local:000000000000:table/ab' at 'tableName' failed to satisfy constraint: Valid ARN format is *"),
        ["two index names of 2"] = (
            WithLocal(Local("lo", P, X)) with { GlobalSecondaryIndexes = [Global("gl", P)] },
            "2 validation errors detected: Value 'gl' at 'globalSecondaryIndexes.1.member.indexName' *; Value 'lo' at "
            + "'localSecondaryIndexes.1.member.indexName' *"),
        ["a global and a local index name twice"] = (
            WithLocal(Local("lsi", P, X), Local("lsi", P, X)) with { GlobalSecondaryIndexes = [Global("gsi", P), Global("gsi", P)] },
            "*Duplicate index name: gsi"),
        ["a maximum beside a capacity"] = (
            Named("Files") with { ProvisionedThroughput = new(1, 1), OnDemandThroughput = new(5, null) },
            "*MaxReadRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED."),
        ["an index with too little warm throughput"] = (
            WithGlobal(Global("gsi", P) with { WarmThroughput = new(1, null) }),
            "*Requested ReadUnitsPerSecond for WarmThroughput for index gsi is lower than initial throughput for OnDemand*"),
        ["a name of 2"] = (Named("ab"), "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"),
        ["a name of 256"] = (Named(new string('a', 256)), "*at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255"),
        ["a name with a space"] = (Named("a b"), "*Value 'a b' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"),
        ["a name with a letter of another script"] = (Named("tablé"), "*regular expression pattern*"),
        ["a name that ends a line"] = (Named("table\n"), "*regular expression pattern*"),
        ["no key"] = (Table([], "p"), "*Value '[]' at 'keySchema'*length greater than or equal to 1"),
        ["three keys"] = (Table([P, C, X], "p", "c", "x"), "*at 'keySchema'*length less than or equal to 2"),
        ["the range first"] = (Table([C, P], "p", "c"), "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
        ["two hashes"] = (Table([P, new("c", KeyType.HASH)], "p", "c"), "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"),
        ["only a range"] = (Table([C], "c"), "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
        ["one attribute twice"] = (Table([P, new("p", KeyType.RANGE)], "p", "x"), "Both the Hash Key and the Range Key element in the KeySchema have the same name"),
        ["fewer definitions than keys"] = (Table([P, C], "p"), "Invalid KeySchema: Some index key attribute have no definition"),
        ["an undefined key"] = (Table([P, C], "p", "x"), "*Some index key attributes are not defined in AttributeDefinitions. Keys: [p, c], AttributeDefinitions: [p, x]"),
        ["a key in another case"] = (Table([P], "P"), "*not defined in AttributeDefinitions*"),
        ["an unused definition"] = (Table([P], "p", "x"), "*Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"),
        ["an unused definition beside an index"] = (Table([P], "p", "x") with { GlobalSecondaryIndexes = [Global("gsi", P)] }, "*Some AttributeDefinitions are not used. AttributeDefinitions: [p, x], keys used: [p]"),
        ["a definition twice"] = (Table([P], "p", "p"), "Attribute Name is duplicated: p"),
        ["a definition without a name"] = (Table([P], "p", ""), "*attributeName*length*"),
        ["a definition with a name of 256"] = (Table([P], "p", new string('a', 256)), "*attributeName*length*"),
        ["a Boolean key"] = (TypedAs(AttributeType.BOOL), "*Value 'BOOL' at *attributeType' failed to satisfy constraint: Member must satisfy enum value set: *"),
        ["a set as a key"] = (TypedAs(AttributeType.SS), "*enum value set*"),
        ["21 global indexes"] = (WithGlobal([.. Names(21).Select(n => Global("g-" + n, P))]), "*GlobalSecondaryIndex count exceeds the per-table limit of 20"),
        ["6 local indexes"] = (WithLocal([.. Names(6).Select(n => Local("l-" + n, P, X))]), "*LocalSecondaryIndexes exceeds per-table limit of 5"),
        ["an index name of 2"] = (WithGlobal(Global("ab", P)), "*'globalSecondaryIndexes.1.member.indexName'*length*"),
        ["an index name with a slash"] = (WithGlobal(Global("a/b", P)), "*'globalSecondaryIndexes.1.member.indexName'*pattern*"),
        ["an index name twice"] = (WithGlobal(Global("gsi", P), Global("gsi", P)), "One or more parameter values were invalid: Duplicate index name: gsi"),
        ["a local index named as a global one"] = (WithLocal(Local("gsi", P, X)) with { GlobalSecondaryIndexes = [Global("gsi", P)] }, "*Duplicate index name: gsi"),
        ["an index with an undefined key"] = (WithGlobal(Global("gsi", new KeySchemaElement("y", KeyType.HASH))), "*Some index key attributes are not defined in AttributeDefinitions. Keys: [y], AttributeDefinitions: [p, c]"),
        ["an index with no key"] = (WithGlobal(Global("gsi")), "*Value '[]' at 'globalSecondaryIndexes.1.member.keySchema'*"),
        ["a local index on a hash-only table"] = (Table([P], "p", "x") with { LocalSecondaryIndexes = [Local("lsi", P, X)] }, "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex"),
        ["a local index without a range"] = (Table([P, C], "p", "c") with { LocalSecondaryIndexes = [Local("lsi", P)] }, "*does not have a range key for index: lsi"),
        ["a local index with another hash"] = (WithLocal(Local("lsi", new KeySchemaElement("x", KeyType.HASH), C)), "*same leading hash key as table KeySchema for index: lsi*"),
        ["INCLUDE without names"] = (Projecting(Projection.Include()), "*ProjectionType is INCLUDE, but NonKeyAttributes is not specified"),
        ["INCLUDE of a name twice"] = (Projecting(Projection.Include("a", "a")), "*Duplicate element in NonKeyAttributes: a"),
        ["INCLUDE of an empty name"] = (Projecting(Projection.Include("a", "")), "*'globalSecondaryIndexes.1.member.projection.nonKeyAttributes.2.member'*length*"),
        ["INCLUDE of 21 names"] = (Projecting(Projection.Include(Names(21))), "*at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes'*length less than or equal to 20"),
        ["ALL with names"] = (Projecting(Projection.All with { NonKeyAttributes = ["a"] }), "*ProjectionType is ALL, but NonKeyAttributes is specified"),
        ["KEYS_ONLY with names"] = (Projecting(Projection.KeysOnly with { NonKeyAttributes = ["a"] }), "*ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified"),
        ["101 names over all indexes"] = (WithGlobal([.. Names(101).Chunk(20).Select((names, i) => new GlobalSecondaryIndex($"gsi{i}", [P], Projection.Include(names)))]), "*"),
        ["a negative delay"] = (Delayed(TimeSpan.FromMilliseconds(-1)), "*PropagationDelay of index gsi*"),
        ["a delay of more than a day"] = (Delayed(TimeSpan.FromDays(1) + TimeSpan.FromMilliseconds(1)), "*PropagationDelay of index gsi*"),
        ["a delay of half a millisecond"] = (Delayed(TimeSpan.FromMicroseconds(500)), "*PropagationDelay of index gsi*"),
        ["a key named half a surrogate pair"] = (Table([new("\ud83d", KeyType.HASH)], "\ud83d"), "*"),
        ["INCLUDE of half a surrogate pair"] = (Projecting(Projection.Include("\ud83d")), "*"),
    };

    // What .NET's types rule out and JSON does not.
    private static readonly Dictionary<string, (CreateTableRequest Request, string Member)> Missing = new()
    {
        ["the key"] = (Named("Files") with { KeySchema = null! }, "keySchema"),
        ["an element of the key"] = (Named("Files") with { KeySchema = [null!] }, "keySchema.1.member"),
        ["the attribute of a key"] = (Named("Files") with { KeySchema = [new(null!, KeyType.HASH)] }, "keySchema.1.member.attributeName"),
        ["the definitions"] = (Named("Files") with { AttributeDefinitions = null! }, "attributeDefinitions"),
        ["a definition"] = (Named("Files") with { AttributeDefinitions = [null!] }, "attributeDefinitions.1.member"),
        ["the attribute of a definition"] = (Named("Files") with { AttributeDefinitions = [new(null!, AttributeType.S)] }, "attributeDefinitions.1.member.attributeName"),
        ["a global index"] = (WithGlobal((GlobalSecondaryIndex)null!), "globalSecondaryIndexes.1.member"),
        ["the name of a global index"] = (WithGlobal(Global(null!, P)), "globalSecondaryIndexes.1.member.indexName"),
        ["the key of a global index"] = (WithGlobal(Global("gsi", null!)), "globalSecondaryIndexes.1.member.keySchema"),
        ["the projection of a global index"] = (WithGlobal(new GlobalSecondaryIndex("gsi", [P], null!)), "globalSecondaryIndexes.1.member.projection"),
        ["a projected name"] = (Projecting(Projection.Include("a", null!)), "globalSecondaryIndexes.1.member.projection.nonKeyAttributes.2.member"),
        ["half the capacity of a global index"] = (WithGlobal(Global("gsi", P) with { ProvisionedThroughput = new(1, null) }), "globalSecondaryIndexes.1.member.provisionedThroughput.writeCapacityUnits"),
        ["a local index"] = (WithLocal((LocalSecondaryIndex)null!), "localSecondaryIndexes.1.member"),
        ["the projection of a local index"] = (WithLocal(new LocalSecondaryIndex("lsi", [P, X], null!)), "localSecondaryIndexes.1.member.projection"),
        ["whether there is a stream"] = (Named("Files") with { StreamSpecification = new(null) }, "streamSpecification.streamEnabled"),
    };

    public static TheoryData<string> MissingNames => [.. Missing.Keys];

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

    [Theory]
    [MemberData(nameof(MissingNames))]
    public void What_is_null_and_must_not_be_is_named(string what)
    {
        var (request, member) = Missing[what];

        var check = () => CreateTableRules.Check(request);

        check.Should().Throw<ValidationException>().WithMessage(
            $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");
    }

    [Fact]
    public void Indexes_and_names_that_are_null_are_none()
    {
        var request = Projecting(Projection.All with { NonKeyAttributes = null! }) with { LocalSecondaryIndexes = null!, Tags = null };

        var check = () => CreateTableRules.Check(request);

        check.Should().NotThrow();
    }
}
