using System.Text.Json.Nodes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Capacity units that DynamoDB Local counts otherwise.</summary>
internal static class Capacities
{
    private const string Page = "Read and write operations";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(
            "Local returns the capacity of a deletion that finds nothing, though nobody asks for it",
            Source.Page("API_DeleteItem", "ConsumedCapacity is only returned if ReturnConsumedCapacity was specified"),
            difference => difference.Operation == "DeleteItem" && Asked(difference) == "NONE"
                && Answers.AreSame(difference, "ConsumedCapacity"),
            tables => new DeleteItemRequest(tables.Simple.Name, new() { ["p"] = "a" })),
        new(
            "Local does not show a transaction's units as read units",
            Source.Observed("the capacity of a transaction has ReadCapacityUnits or WriteCapacityUnits too"),
            difference => difference.Operation == "TransactGetItems" && Asked(difference) != "NONE"
                && Answers.AreSame(difference, "ConsumedCapacity") && UnitsOf(difference.Ours).Equals(UnitsOf(difference.Theirs)),
            tables => new TransactGetItemsRequest([new(new(tables.Simple.Name, new() { ["p"] = "a" }))])
            {
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            }),
        new(
            "Local does not double the units of a transaction's deletion that finds nothing",
            Source.Page(Page, "a transactional write of an item of up to 1 KB consumes two write units"),
            difference => difference.Operation == "TransactWriteItems" && Asked(difference) != "NONE"
                && difference.Request.ToJsonString().Contains("\"Delete\"", StringComparison.Ordinal)
                && Answers.AreSame(difference, "ConsumedCapacity") && UnitsOf(difference.Ours) > UnitsOf(difference.Theirs),
            tables => new TransactWriteItemsRequest(
                [new TransactWriteItem { Delete = new(tables.Simple.Name, new() { ["p"] = "a" }) }])
            {
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            }),
        new(
            "Local does not show a transaction's units as write units, and doubles those of indexes too",
            Source.Observed("a transaction doubles the units of the table; each index that really changes counts"),
            difference => difference.Operation == "TransactWriteItems" && Asked(difference) != "NONE"
                && Answers.AreSame(difference, "ConsumedCapacity"),
            tables => new TransactWriteItemsRequest(
                [new TransactWriteItem { Put = new(tables.Simple.Name, new() { ["p"] = "a", ["n1"] = 1 }) }])
            {
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            }),
        new(
            "Local counts nothing for an empty page",
            Source.Page(Page, "reading what does not exist still consumes read capacity, half a unit when eventually consistent"),
            difference => difference.Operation is "Query" or "Scan" && Asked(difference) != "NONE" && HasEmptyPage(difference.Ours)
                && Answers.AreSame(difference, "ConsumedCapacity", "CapacityUnits"),
            tables => new QueryRequest(tables.Simple.Name)
            {
                KeyConditionExpression = "p = :p",
                ExpressionAttributeValues = new AttributeMap { [":p"] = "none" },
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            }),
        new(
            "Local counts more than one unit for a deletion of a batch that finds nothing",
            Source.Page(Page, "deleting an item that does not exist consumes one write unit"),
            difference => difference.Operation == "BatchWriteItem" && Asked(difference) != "NONE"
                && difference.Request.ToJsonString().Contains("DeleteRequest", StringComparison.Ordinal)
                && Answers.AreSame(difference, "ConsumedCapacity") && UnitsOf(difference.Ours) < UnitsOf(difference.Theirs),
            tables => new BatchWriteItemRequest(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [tables.Simple.Name] = [WriteRequest.Delete(new() { ["p"] = "a" })],
            })
            {
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            }),
        new(
            "Local counts units of an index for items that have half of its key",
            Source.Page("General guidelines for secondary indexes", "an index has the items with all attributes of its key"),
            difference => difference.Operation is "PutItem" or "UpdateItem" or "BatchWriteItem" && Asked(difference) != "NONE"
                && Answers.AreSame(difference, "ConsumedCapacity") && UnitsOf(difference.Ours) < UnitsOf(difference.Theirs),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["b1"] = new byte[] { 1 } }),
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["s1"] = "a" })
                {
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                },
            ]),
        new(
            "Local counts nothing in a scan for the items behind a local index",
            Source.Page("Local secondary indexes", "each item that is fetched from the table costs as a read of the item"),
            difference => difference.Operation is "Scan" or "Query" && Asked(difference) != "NONE" && Fetches(difference)
                && Answers.AreSame(difference, "ConsumedCapacity", "CapacityUnits"),
            tables =>
            [
                new PutItemRequest(tables.Numbered.Name, new() { ["n1"] = 1, ["b1"] = new byte[] { 1 }, ["s1"] = "a", ["st"] = 1 }),
                new ScanRequest(tables.Numbered.Name)
                {
                    IndexName = "lin",
                    AttributesToGet = ["st"],
                    ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
                },
            ]),
    ];

    private static string? Asked(Difference difference) => (string?)difference.Request["ReturnConsumedCapacity"];

    private static bool HasEmptyPage(Answer answer) =>
        (int?)answer.Body["ScannedCount"] == 0 || (int?)answer.Body["Pages"] > 1;

    private static double UnitsOf(Answer answer) => (answer.Body["ConsumedCapacity"] switch
    {
        JsonObject one => new JsonArray(one.DeepClone()),
        JsonValue many => (JsonArray)JsonNode.Parse((string)many!)!,
        _ => new JsonArray(),
    }).Sum(table => (double)table!["CapacityUnits"]!);

    private static bool Fetches(Difference difference) => ((string?)difference.Request["IndexName"])?[0] == 'l'
        && (difference.Request["ProjectionExpression"] ?? difference.Request["AttributesToGet"] ?? difference.Request["Select"])
            is not null;
}
