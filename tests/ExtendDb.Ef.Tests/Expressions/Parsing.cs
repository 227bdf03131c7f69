using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>Parses expressions with the placeholders that the tests of them share; #q and :q are never defined.</summary>
internal static class Parsing
{
    public static Dictionary<string, string> Names { get; } = new()
    {
        ["#a"] = "a",
        ["#b"] = "b",
        ["#pk"] = "pk",
        ["#st"] = "status",
        ["#4g"] = "g",
        ["#_"] = "u",
        ["#i"] = "[3]",
    };

    public static Dictionary<string, AttributeValue> Values { get; } = new()
    {
        [":n"] = 1,
        [":n2"] = 2,
        [":s"] = "x",
        [":z"] = "zz",
        [":e"] = "",
        [":t"] = true,
        [":nul"] = new AttributeValue.NULL(),
        [":b"] = "a"u8.ToArray(),
        [":l"] = new AttributeValue.L(1),
        [":m"] = new AttributeMap { ["x"] = 1 },
        [":ss"] = new AttributeValue.SS("x"),
        [":ns"] = new AttributeValue.NS(DynamoNumber.Parse("1")),
        [":bs"] = new AttributeValue.BS("a"u8.ToArray()),
    };

    public static ItemCondition Condition(string text) => ItemCondition.Parse(text, new(Names, Values))!;

    public static ItemUpdate Update(string text) => ItemUpdate.Parse(text, new(Names, Values))!;

    public static DocumentProjection Projection(string text) => DocumentProjection.Parse(text, new(Names))!;

    /// <summary>Reads a key condition up to what needs no table.</summary>
    public static IReadOnlyList<KeyCondition> KeyCondition(string text) => KeyConditionReader.Conditions(
        ItemCondition.Parse(text, new(Names, Values), "KeyConditionExpression")!);

    /// <summary>Parses an expression of any of the five kinds.</summary>
    public static void Any(string kind, string text)
    {
        switch (kind)
        {
            case "UpdateExpression":
                Update(text);
                break;
            case "ProjectionExpression":
                Projection(text);
                break;
            case "KeyConditionExpression":
                KeyCondition(text);
                break;
            default:
                ItemCondition.Parse(text, new(Names, Values), kind);
                break;
        }
    }
}
