using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Single answers to updates.</summary>
internal static class Updates
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(
            "Local refuses to remove what is nested in an item that is not there",
            Source.Observed("REMOVE of a nested path on an item that is not there does nothing"),
            difference => difference.Operation is "UpdateItem" or "TransactWriteItems"
                && difference.Before.Contains("null ", StringComparison.Ordinal)
                && Regex.IsMatch(difference.Request.ToJsonString(), "\\bREMOVE\\b", RegexOptions.IgnoreCase)
                && difference.Ours.Problem != difference.Theirs.Problem
                && difference.Theirs.Problem == "The document path provided in the update expression is invalid for update",
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" }) { UpdateExpression = "REMOVE a.k" }),
        new(
            "Local ignores an older update without an action",
            Source.Page("API_AttributeValueUpdate", "Valid values are PUT (default), DELETE, and ADD"),
            difference => difference.Request["AttributeUpdates"] is JsonObject updates
                && updates.Any(update => update.Value!["Action"] is null),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["a"] = new() { Value = 1 } },
            }),
        new(
            "Local stores values of too many levels by older updates",
            Source.Observed("31 levels of maps or lists around a scalar are accepted, 32 are refused, for values that are stored"),
            difference => difference.Request["AttributeUpdates"] is not null && difference.Theirs.Error is null
                && difference.Ours.Problem.StartsWith("Nesting Levels have exceeded supported limits", StringComparison.Ordinal),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate>
                {
                    ["a"] = new(AttributeAction.PUT, Nested.Lists(32)),
                },
            }),
        new(
            "Local returns the whole list of an element that is updated",
            Source.Observed("UPDATED_NEW and UPDATED_OLD return only the touched paths, nested"),
            difference => difference.Operation == "UpdateItem"
                && (string?)difference.Request["ReturnValues"] is "UPDATED_NEW" or "UPDATED_OLD"
                && Regex.IsMatch(difference.Request.ToJsonString(), "\\[\\d+\\]")
                && Answers.AreSame(difference, "Attributes"),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a", ["a"] = new AttributeValue.L(1, 2) }),
                new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
                {
                    UpdateExpression = "SET a[2] = :v",
                    ExpressionAttributeValues = new AttributeMap { [":v"] = 3 },
                    ReturnValues = ReturnValue.UPDATED_NEW,
                },
            ]),
        new(
            "Local takes a value of too many levels that is only compared",
            Source.Observed("32 levels are refused; whether also where the value is not stored is not known"),
            difference => difference.Theirs.Error is null
                && difference.Ours.Problem.StartsWith(
                    "ExpressionAttributeValues contains invalid value: Nesting", StringComparison.Ordinal),
            tables => new ScanRequest(tables.Simple.Name)
            {
                FilterExpression = "a = :v",
                ExpressionAttributeValues = new AttributeMap { [":v"] = Nested.Lists(32) },
            }),
        new(
            "Local makes an item of an update that only takes away",
            Source.Page("API_AttributeValueUpdate", "DELETE - Causes nothing to happen; there is no attribute to delete")
                + "; " + Source.Observed("REMOVE only, on a missing item, does not create it"),
            difference => difference.Ours.Left != difference.Theirs.Left
                && difference.Ours.Left.Contains("null ", StringComparison.Ordinal) && TakesOnlyAway(difference),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" }) { UpdateExpression = "REMOVE a" }),
        new(
            "Local refuses an update that only takes away for the index keys of the item that it would make",
            Source.Observed("REMOVE only, on a missing item, does not create it"),
            difference => difference.Ours.Error is null
                && difference.Ours.Left.Contains("null ", StringComparison.Ordinal) && TakesOnlyAway(difference)
                && difference.Theirs.Problem == Words.Invalid + "Size limit exceeded",
            tables => new UpdateItemRequest(tables.Swapped.Name, new() { ["b1"] = new byte[1025], ["s1"] = "a" })
            {
                UpdateExpression = "REMOVE a",
            }),
        new(
            "Local changes a key of an index to another type",
            Source.Dynalite("updateItem"),
            difference => difference.Operation is "UpdateItem" or "TransactWriteItems" && difference.Theirs.Error is null
                && Regex.IsMatch(difference.Ours.Problem, "Type mismatch for Index Key|secondary index key to unsupported type"),
            tables => new UpdateItemRequest(tables.Numbered.Name, new() { ["n1"] = 1, ["b1"] = new byte[] { 1 } })
            {
                UpdateExpression = "SET s1 = :v",
                ExpressionAttributeValues = new AttributeMap { [":v"] = 1 },
            }),
        new(
            "Local refuses to take a set out of a key of an index that is not there",
            Source.Page("API_AttributeValueUpdate", "DELETE - Causes nothing to happen; there is no attribute to delete"),
            difference => difference.Operation == "UpdateItem" && difference.Ours.Error is null
                && difference.Request["AttributeUpdates"] is not null
                && difference.Theirs.Problem.StartsWith("Updates on index keys must", StringComparison.Ordinal),
            tables => new UpdateItemRequest(tables.Numbered.Name, new() { ["n1"] = 1, ["b1"] = new byte[] { 1 } })
            {
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate>
                {
                    ["s1"] = new(AttributeAction.DELETE, new AttributeValue.SS("a")),
                },
            }),
    ];

    /// <summary>Tells whether a request has an update with neither SET nor ADD nor PUT.</summary>
    private static bool TakesOnlyAway(Difference difference) =>
        (difference.Request["TransactItems"] as JsonArray ?? [difference.Request.DeepClone()])
            .Select(action => action!["Update"] ?? action)
            .Select(update => update["UpdateExpression"] ?? update["AttributeUpdates"])
            .Any(update => update is not null
                && !Regex.IsMatch(update.ToJsonString(), "\\b(SET|ADD|PUT)\\b", RegexOptions.IgnoreCase));
}
