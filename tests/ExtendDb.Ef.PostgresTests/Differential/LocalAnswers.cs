using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Single answers of DynamoDB Local that are not the service's.</summary>
internal static class LocalAnswers
{
    private static readonly IReadOnlyList<(string Reason, Func<Difference, bool> Applies)> All =
    [
        ("Local returns the capacity of a deletion that found nothing unasked",
            d => d.Operation == "DeleteItem" && Asked(d) == "NONE" && Same(d, Without("ConsumedCapacity"))),
        ("a transaction's capacity: the service was observed to give read and write units, and not to double index units",
            d => d.Operation is "TransactGetItems" or "TransactWriteItems" && Asked(d) != "NONE" && Same(d, Without("ConsumedCapacity"))),
        ("a read costs at least half a unit, as the service documents; Local counts nothing for an empty page",
            d => d.Operation is "Query" or "Scan" && Asked(d) != "NONE" && IsEmpty(d.Ours) && Same(d, Without("ConsumedCapacity", "CapacityUnits"))),
        ("deleting what is not there costs one unit, as the service documents; Local counts more in a batch",
            d => d.Operation == "BatchWriteItem" && Asked(d) != "NONE" && d.Request.ToJsonString().Contains("DeleteRequest", StringComparison.Ordinal)
                && Same(d, Without("ConsumedCapacity"))),
        ("TransactGetItems was observed to leave out an item of which the projection leaves nothing",
            d => d.Operation == "TransactGetItems" && Same(d, body =>
            {
                Without("ConsumedCapacity")(body);
                foreach (var response in (JsonArray)body["Responses"]!)
                {
                    if (response!["Item"] is JsonObject { Count: 0 })
                    {
                        ((JsonObject)response).Remove("Item");
                    }
                }
            })),
        ("a page that ends at Limit has a LastEvaluatedKey, as was observed; Local has none after an item that must be the last",
            d => d.Operation == "Query" && d.Request["Limit"] is not null && d.Theirs.Body["LastEvaluatedKey"] is null
                && ((int?)d.Ours.Body["Pages"] == (int?)d.Theirs.Body["Pages"] + 1 || d.Ours.Body["LastEvaluatedKey"] is not null)
                && Same(d, Without("LastEvaluatedKey", "Pages", "CapacityUnits"))),
        ("for the filter of a scan an index has only what it projects, as was observed; Local looks at the item",
            d => d.Operation == "Scan" && IsOfPartialIndex(d) && d.Ours.Error is null && d.Theirs.Error is null
                && (d.Request["FilterExpression"] ?? d.Request["ScanFilter"]) is not null
                && (int?)d.Ours.Body["ScannedCount"] == (int?)d.Theirs.Body["ScannedCount"]),
        ("an index costs units only when its entries change, as the service documents; Local counts items that have half its key",
            d => d.Operation is "PutItem" or "UpdateItem" or "BatchWriteItem" && Asked(d) != "NONE" && Same(d, Without("ConsumedCapacity"))
                && UnitsOf(d.Ours) < UnitsOf(d.Theirs)),
        ("whether a start lies in a segment depends on the hash",
            d => d.Operation == "Scan" && d.Request["TotalSegments"] is not null && d.Request["ExclusiveStartKey"] is not null
                && "Started Exclusive start key must lie within the segment".Contains(
                    d.Theirs.Error is null ? "Started" : d.Theirs.Problem, StringComparison.Ordinal)),
        ("a binary contains its own bytes only; Local compares them as text, in which all above 127 are the same",
            d => d.Ours.Error is null or "ConditionalCheckFailedException" && Regex.IsMatch(d.Request.ToJsonString(), "contains", RegexOptions.IgnoreCase)
                && Regex.IsMatch(d.Request.ToJsonString(), "\"B\":\"[g-z0-9/+]")),
        ("of an unknown index a start was observed to be named first",
            d => d.Operation == "Scan" && d.Ours.Problem == "The provided starting key is invalid"
                && d.Theirs.Problem.StartsWith("The table does not have the specified index", StringComparison.Ordinal)),
        ("of two older parameters, keys of indexes or paths, or two tables or items of a batch, which is looked at first is not promised",
            d => d.Ours.Error is not null && RefusalOrder.StepOf(d.Ours) is var step and >= 0 && d.Operation switch
            {
                "Query" or "Scan" or "PutItem" or "UpdateItem" or "DeleteItem" => step == RefusalOrder.StepOf(d.Theirs) && RefusalOrder.IsUnordered(step),
                "BatchGetItem" or "BatchWriteItem" or "TransactWriteItems" or "TransactGetItems" =>
                    d.Ours.Left == d.Theirs.Left && RefusalOrder.StepOf(d.Theirs) >= 0,
                _ => false,
            }),
        ("an update of a key of an index to another type was observed to be refused; Local does it",
            d => d.Operation is "UpdateItem" or "TransactWriteItems" && d.Theirs.Error is null
                && Regex.IsMatch(d.Ours.Problem, "Type mismatch for Index Key|secondary index key to unsupported type")),
        ("an update that only takes away does not make an item, as was observed, and documented of DELETE; Local makes it",
            d => d.Ours.Left != d.Theirs.Left && d.Ours.Left.Contains("null ", StringComparison.Ordinal) && TakesOnlyAway(d)),
        ("a start that is no possible key is refused by the rules of keys; Local takes it",
            d => d.Operation == "Scan" && d.Ours.Problem.Contains("starting key is invalid: One or more", StringComparison.Ordinal)
                && d.Theirs.Error is null),
        ("a set is not taken out of an attribute that is not there; Local refuses it where a key of an index is named",
            d => d.Operation == "UpdateItem" && d.Ours.Error is null && d.Request["AttributeUpdates"] is not null
                && d.Theirs.Problem.StartsWith("Updates on index keys must", StringComparison.Ordinal)),
        ("reading an item behind a local index costs units, as the service documents; Local counts none in a scan",
            d => d.Operation is "Scan" or "Query" && Asked(d) != "NONE" && IsFetched(d) && Same(d, Without("ConsumedCapacity", "CapacityUnits"))),
        ("a page can end at any item of a query, also at the last; Local refuses to start there",
            d => d.Operation == "Query" && d.Ours.Error is null && d.Request["ExclusiveStartKey"] is not null
                && d.Theirs.Problem == "The provided starting key does not match the range key predicate"),
        ("an empty map was observed to count as given; Local takes it as absent",
            d => d.Ours.Problem.StartsWith("Can not use both", StringComparison.Ordinal) && d.Request.Any(m => m.Value is JsonObject { Count: 0 })),
        ("a path into a key was observed to be refused; Local looks only when there is an item",
            d => d.Ours.Problem.StartsWith("Key attributes must be scalars", StringComparison.Ordinal) && d.Theirs.Error is null),
        ("SIZE and CONVERT are reserved words, as the service documents; Local lets them through",
            d => Regex.IsMatch(d.Ours.Problem, "reserved keyword: (size|convert)$", RegexOptions.IgnoreCase)),
    ];

    public static string? ReasonFor(Difference difference) =>
        All.Where(known => known.Applies(difference)).Select(known => known.Reason).FirstOrDefault();

    private static string? Asked(Difference difference) => (string?)difference.Request["ReturnConsumedCapacity"];

    private static bool IsEmpty(Answer answer) =>
        (int?)answer.Body["ScannedCount"] == 0 || (int?)answer.Body["Pages"] > 1;

    private static bool IsOfPartialIndex(Difference difference) =>
        (string?)difference.Request["IndexName"] is "gsb" or "gsn" or "gbp" or "lsb" or "lin";

    private static double UnitsOf(Answer answer) => (answer.Body["ConsumedCapacity"] switch
    {
        JsonObject one => new JsonArray(one.DeepClone()),
        JsonValue many => (JsonArray)JsonNode.Parse((string)many!)!,
        _ => new JsonArray(),
    }).Sum(table => (double)table!["CapacityUnits"]!);

    /// <summary>Tells whether a request has an update with neither SET nor ADD nor PUT.</summary>
    private static bool TakesOnlyAway(Difference difference) => (difference.Request["TransactItems"] as JsonArray ?? [difference.Request.DeepClone()])
        .Select(action => action!["Update"] ?? action)
        .Select(update => update["UpdateExpression"] ?? update["AttributeUpdates"])
        .Any(update => update is not null && !Regex.IsMatch(update.ToJsonString(), "\\b(SET|ADD|PUT)\\b", RegexOptions.IgnoreCase));

    private static bool IsFetched(Difference difference) => ((string?)difference.Request["IndexName"])?[0] == 'l'
        && (difference.Request["ProjectionExpression"] ?? difference.Request["AttributesToGet"] ?? difference.Request["Select"]) is not null;

    private static Action<JsonObject> Without(params IReadOnlyList<string> members) => body =>
    {
        foreach (var member in members)
        {
            body.Remove(member);
        }
    };

    private static bool Same(Difference difference, Action<JsonObject> change) =>
        difference.Ours.Error is null && difference.Theirs.Error is null
        && difference.Ours.Left == difference.Theirs.Left
        && Changed(difference.Ours, change) == Changed(difference.Theirs, change);

    private static string Changed(Answer answer, Action<JsonObject> change)
    {
        var body = (JsonObject)answer.Body.DeepClone();
        change(body);
        return WireJson.Canonical(body);
    }
}
