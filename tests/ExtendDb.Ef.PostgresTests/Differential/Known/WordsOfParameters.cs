using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Other parameters that are refused, the older ones that expressions have replaced among them.</summary>
internal static class WordsOfParameters
{
    private const string Unindexable = "Attempted conditional constraint is not an indexable operation";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        Words.Of(
            "ReturnValues that an operation does not have",
            "Return values set to invalid value",
            "ReturnValues can only be ALL_OLD or NONE",
            Source.Dynalite("putItem"),
            tables => new DeleteItemRequest(tables.Simple.Name, new() { ["p"] = "a" }) { ReturnValues = ReturnValue.UPDATED_NEW }),
        Words.Of(
            "an attribute that is asked for twice",
            "Cannot have two attributes with the same name",
            Words.Invalid + "Duplicate value in attribute name: .*",
            Source.Dynalite("getItem"),
            tables => new GetItemRequest(tables.Simple.Name, new() { ["p"] = "a" }) { AttributesToGet = ["a", "a"] }),
        Words.Of(
            "an older update of a type that its action does not have: STRING and not S",
            "(" + Words.Invalid + ".* action (with value )?is not supported for the type )(STRING|BINARY|BOOLEAN|LIST|MAP|NUMBER)",
            "$1(S|B|BOOL|L|M|N)",
            Source.Dynalite("updateItem"),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["a"] = new(AttributeAction.ADD, "a") },
            }),
        Words.Of(
            "an older key condition without a value",
            "Only scalar types can be used as (Hash|Range) Key values",
            Unindexable,
            Source.Dynalite("query"),
            tables => Keyed(tables, new(ComparisonOperator.NULL, []))),
        Words.Of(
            "an older key condition that no key has",
            "Query key condition not supported",
            Unindexable,
            Source.Dynalite("query"),
            tables => Keyed(tables, new(ComparisonOperator.NE, ["a"]))),
        Words.Of(
            "an older key condition that no key has, of another type",
            Words.Invalid + "Condition parameter type does not match schema type",
            Unindexable,
            Source.Dynalite("query"),
            tables => Keyed(tables, new(ComparisonOperator.CONTAINS, [1]))),
        Words.Of(
            "bounds of two types of which one has no order",
            Words.Invalid + "ComparisonOperator \\w+ is not valid for \\w+ AttributeValue type",
            Words.Invalid + "AttributeValues inside AttributeValueList must be of same type",
            Source.Dynalite("scan"),
            tables => new ScanRequest(tables.Simple.Name)
            {
                ScanFilter = new Dictionary<string, Condition>
                {
                    ["a"] = new(ComparisonOperator.BETWEEN, [1, new AttributeValue.SS("a")]),
                },
            }),
    ];

    private static QueryRequest Keyed(ComparedTables tables, Condition condition) => new(tables.Simple.Name)
    {
        KeyConditions = new Dictionary<string, Condition> { ["p"] = condition },
    };
}
