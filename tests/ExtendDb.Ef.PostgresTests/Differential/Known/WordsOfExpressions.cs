using System.Text.RegularExpressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Expressions that are refused.</summary>
internal static class WordsOfExpressions
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        Words.Of(
            "the second of two paths that overlap: another path of the expression",
            "(Invalid \\w+: Two document paths \\w+ with each other; .*path one: ).*",
            "$1.*",
            Source.Dynalite("getItem"),
            tables => new ScanRequest(tables.Simple.Name) { ProjectionExpression = "li, li[1], m" }),
        new(
            "Local fails at a value within a path",
            Source.Page("Expressions.Attributes", "a document path consists of names, placeholders of names, and indexes in brackets"),
            difference => Words.AreRefusals(difference)
                && Regex.IsMatch(difference.Request.ToJsonString(), "\\.[\\s]*:\\w")
                && difference.Ours.Problem.Contains(": Syntax error; token: \":", StringComparison.Ordinal),
            tables => new ScanRequest(tables.Simple.Name)
            {
                FilterExpression = "a.:v = :v",
                ExpressionAttributeValues = new AttributeMap { [":v"] = "a" },
            }),
        Words.Of(
            "the first of two paths into keys: the order of a hash table",
            "(Key attributes must be scalars; .*: )(Index)?Key: \\w+",
            "$1(Index)?Key: \\w+",
            Source.NoPromise,
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                ConditionExpression = "attribute_exists(p.k)",
                UpdateExpression = "SET s1.k = :v",
                ExpressionAttributeValues = new AttributeMap { [":v"] = 1 },
            }),
        Words.Of(
            "a lower bound above the upper one that is binary: it shows a Java object",
            "(Invalid \\w+: .*; lower bound operand: AttributeValue: {B:)java.nio.HeapByteBuffer.*",
            "$1[\\w/+=]*}.*",
            Source.Dynalite("query") + " has the value there",
            tables => new QueryRequest(tables.Numbered.Name)
            {
                KeyConditionExpression = "n1 = :n AND b1 BETWEEN :v AND :w",
                ExpressionAttributeValues = new AttributeMap { [":n"] = 1, [":v"] = new byte[] { 2 }, [":w"] = new byte[] { 1 } },
            }),
        Words.Of(
            "an upper bound that is binary: it shows a Java object",
            "(Invalid \\w+: The BETWEEN operator requires .*)java.nio.HeapByteBuffer.*",
            "$1[\\w/+=]*}.*",
            Source.Dynalite("query") + " has the value there",
            tables => new QueryRequest(tables.Numbered.Name)
            {
                KeyConditionExpression = "n1 = :n AND b1 BETWEEN :v AND :w",
                ExpressionAttributeValues = new AttributeMap { [":n"] = 1, [":v"] = "a", [":w"] = new byte[] { 1 } },
            }),
        Words.Of(
            "an update to a value of too many levels",
            "Nesting Levels have exceeded supported limits",
            "ExpressionAttributeValues contains invalid value: Nesting Levels have exceeded supported limits: .*",
            Source.NoPromise,
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                UpdateExpression = "SET a = :v",
                ExpressionAttributeValues = new AttributeMap { [":v"] = Nested.Lists(32) },
            }),
        Words.Of(
            "a sum of more than 38 digits",
            "DynamoDB only supports precision up to 38 digits",
            "Number overflow. Attempting to store a number with magnitude larger than supported range",
            Source.Observed("a result that needs more than 38 digits of magnitude is an overflow"),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                UpdateExpression = "SET a = :v + :w",
                ExpressionAttributeValues = new AttributeMap { [":v"] = DynamoNumber.Parse("1e125"), [":w"] = 1 },
            }),
    ];
}
