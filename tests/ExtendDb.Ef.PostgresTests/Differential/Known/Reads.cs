using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Single answers to Query and Scan, and to conditions.</summary>
internal static class Reads
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(
            "Local returns no LastEvaluatedKey when the item at the limit must be the last",
            Source.Observed("when Limit is reached exactly at the end there is still a LastEvaluatedKey, and then an empty page"),
            difference => difference.Operation == "Query" && difference.Request["Limit"] is not null
                && difference.Theirs.Body["LastEvaluatedKey"] is null
                && ((int?)difference.Ours.Body["Pages"] == (int?)difference.Theirs.Body["Pages"] + 1
                    || difference.Ours.Body["LastEvaluatedKey"] is not null)
                && Answers.AreSame(difference, "LastEvaluatedKey", "Pages", "CapacityUnits"),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a" }),
                new QueryRequest(tables.Simple.Name)
                {
                    KeyConditionExpression = "p = :p",
                    ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                    Limit = 1,
                },
            ]),
        new(
            "Local ends a query of a global index at its bound, and loses items of the same key",
            Source.Observed("paging is exact with many equal index keys"),
            difference => difference.Operation == "Query" && difference.Request["Limit"] is not null
                && difference.Request["IndexName"] is not null
                && difference.Ours.Error is null && difference.Theirs.Error is null
                && (int?)difference.Ours.Body["Count"] > (int?)difference.Theirs.Body["Count"],
            tables =>
            [
                new PutItemRequest(tables.Sorted.Name, new() { ["p"] = "a", ["n1"] = 1, ["s1"] = "a" }),
                new PutItemRequest(tables.Sorted.Name, new() { ["p"] = "b", ["n1"] = 1, ["s1"] = "a" }),
                new QueryRequest(tables.Sorted.Name)
                {
                    IndexName = "gsn",
                    KeyConditionExpression = "s1 = :s AND n1 <= :n",
                    ExpressionAttributeValues = new AttributeMap { [":s"] = "a", [":n"] = 1 },
                    Limit = 1,
                },
            ]),
        new(
            "Local refuses to start a query at the last item that its condition allows",
            Source.Page("API_Query", "LastEvaluatedKey is where the operation stopped, and the next ExclusiveStartKey"),
            difference => difference.Operation == "Query" && difference.Request["ExclusiveStartKey"] is not null
                && !difference.Ours.Problem.Contains("starting key", StringComparison.Ordinal)
                && difference.Theirs.Problem == "The provided starting key does not match the range key predicate",
            tables => new QueryRequest(tables.Sorted.Name)
            {
                KeyConditionExpression = "p = :p AND n1 BETWEEN :n AND :m",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a", [":n"] = 1, [":m"] = 3 },
                ExclusiveStartKey = new() { ["p"] = "a", ["n1"] = 3 },
            }),
        new(
            "Local filters a scan of an index by attributes that the index does not have",
            Source.Page("Global secondary indexes", "only the attributes that are projected can be read from an index"),
            difference => difference.Operation == "Scan" && IsOfPartialIndex(difference)
                && difference.Ours.Error is null && difference.Theirs.Error is null
                && (difference.Request["FilterExpression"] ?? difference.Request["ScanFilter"]) is not null
                && (int?)difference.Ours.Body["ScannedCount"] == (int?)difference.Theirs.Body["ScannedCount"],
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["s1"] = "a", ["b1"] = new byte[] { 1 }, ["b"] = 1 }),
                new ScanRequest(tables.Simple.Name) { IndexName = "gsb", FilterExpression = "attribute_exists(b)" },
            ]),
        new(
            "Local has other segments",
            Source.Page("API_Scan", "a segment is a part of the table by the hash of the partition key, which is nowhere told"),
            difference => difference.Operation == "Scan" && difference.Request["TotalSegments"] is not null
                && difference.Request["ExclusiveStartKey"] is not null
                && (difference.Ours.Error is null) != (difference.Theirs.Error is null)
                && "Started Exclusive start key must lie within the segment".Contains(
                    difference.Theirs.Error is null ? "Started" : difference.Theirs.Problem, StringComparison.Ordinal),
            tables => new ScanRequest(tables.Numbered.Name)
            {
                ExclusiveStartKey = new() { ["n1"] = 2, ["b1"] = new byte[] { 0 } },
                Segment = 0,
                TotalSegments = 3,
            }),
        new(
            "Local names the unknown index of a scan before its start",
            Source.Observed("a start is looked at first"),
            difference => difference.Operation == "Scan" && difference.Ours.Problem == "The provided starting key is invalid"
                && difference.Theirs.Problem.StartsWith("The table does not have the specified index", StringComparison.Ordinal),
            tables => new ScanRequest(tables.Simple.Name)
            {
                IndexName = "missing_index",
                ExclusiveStartKey = new() { ["p"] = "a", ["s1"] = "a" },
            }),
        new(
            "Local starts a scan at a key that no item can have",
            Source.Dynalite("scan"),
            difference => difference.Operation == "Scan" && difference.Theirs.Error is null
                && difference.Ours.Problem.Contains("starting key is invalid: One or more", StringComparison.Ordinal),
            tables => new ScanRequest(tables.Simple.Name) { ExclusiveStartKey = new() { ["p"] = new string('a', 2049) } }),
        new(
            "Local takes all bytes above 127 for the same when it looks for one binary in another",
            Source.Page("LegacyConditionalParameters", "CONTAINS looks for a subsequence of a binary"),
            difference => difference.Ours.Error is null or nameof(ConditionalCheckFailedException)
                && Regex.IsMatch(difference.Request.ToJsonString(), "\"(NOT_)?CONTAINS\"")
                && Regex.IsMatch(difference.Request.ToJsonString(), "\"B\":\"[g-z0-9/+]"),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["a"] = new byte[] { 1, 128 } }),
                new ScanRequest(tables.Simple.Name)
                {
                    ScanFilter = new Dictionary<string, Condition>
                    {
                        ["a"] = new(ComparisonOperator.CONTAINS, [new byte[] { 255 }]),
                    },
                },
            ]),
        new(
            "Local takes an empty map of older parameters for none",
            Source.Observed("an empty map counts as given"),
            difference => difference.Ours.Problem.StartsWith("Can not use both", StringComparison.Ordinal)
                && difference.Request.Any(member => member.Value is JsonObject { Count: 0 }),
            tables => new QueryRequest(tables.Simple.Name)
            {
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "a" },
                QueryFilter = new Dictionary<string, Condition>(),
            }),
        new(
            "Local looks for a path into a key only when the rest of the condition needs it",
            Source.Dynalite("getItem"),
            difference => difference.Ours.Problem.StartsWith("Key attributes must be scalars", StringComparison.Ordinal)
                && difference.Theirs.Error is null,
            tables => new TransactWriteItemsRequest(
            [
                new TransactWriteItem
                {
                    ConditionCheck = new(
                        tables.Simple.Name, new() { ["p"] = "a" }, "attribute_not_exists(b) OR attribute_exists(p.k)"),
                },
            ])),
        new(
            "Local looks for paths into keys in a filter before it looks at Select",
            "dynalite, actions/query.js: the order of its checks",
            difference => Words.AreRefusals(difference)
                && difference.Ours.Problem.StartsWith(Words.Invalid + "Select type ALL_ATTRIBUTES", StringComparison.Ordinal)
                && difference.Theirs.Problem.StartsWith("Key attributes must be scalars", StringComparison.Ordinal),
            tables => new QueryRequest(tables.Simple.Name)
            {
                IndexName = "gsb",
                KeyConditionExpression = "s1 = :s",
                FilterExpression = "attribute_exists(p.k)",
                ExpressionAttributeValues = new AttributeMap { [":s"] = "a" },
                Select = Select.ALL_ATTRIBUTES,
            }),
        new(
            "Local lets SIZE and CONVERT through as names",
            Source.Page("ReservedWords", "SIZE, CONVERT"),
            difference => Regex.IsMatch(difference.Ours.Problem, "reserved keyword: (size|convert)$", RegexOptions.IgnoreCase),
            tables => new ScanRequest(tables.Simple.Name) { ProjectionExpression = "size" }),
    ];

    private static bool IsOfPartialIndex(Difference difference) =>
        (string?)difference.Request["IndexName"] is "gsb" or "gsn" or "gbp" or "lsb" or "lin";
}
