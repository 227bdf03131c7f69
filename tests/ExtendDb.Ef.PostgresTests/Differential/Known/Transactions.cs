using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential.Known;

/// <summary>Transactions that are cancelled or refused, and updates with several faults.</summary>
internal static class Transactions
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(
            "Local ends the message of a reason with a full stop",
            Source.Observed("""{"Code":"ConditionalCheckFailed","Message":"The conditional request failed"}"""),
            difference => Words.AreRefusals(difference) && difference.Ours.Text == difference.Theirs.Text.Replace(
                "The conditional request failed.\"", "The conditional request failed\"", StringComparison.Ordinal),
            tables => Transaction(new TransactWriteItem
            {
                ConditionCheck = new(tables.Simple.Name, new() { ["p"] = "a" }, "attribute_exists(m)"),
            })),
        new(
            "Local refuses a transaction for a key that does not match where the service cancels it",
            Source.Observed("a wrong key type cancels with the reason ValidationError"),
            difference => IsCancelled(difference) && difference.Ours.Problem == difference.Theirs.Problem
                && !IsOfUpdate(difference.Theirs),
            tables => new TransactGetItemsRequest(
            [
                new(new(tables.Simple.Name, new() { ["p"] = "a" }) { ProjectionExpression = "p.k" }),
            ])),
        new(
            "Local refuses a transaction for what an update meets where the service cancels it",
            Source.Observed("an Update that makes an item too large cancels, a Put is refused; so does whatever only the item shows"),
            difference => IsCancelled(difference) && IsOfUpdate(difference.Theirs),
            tables => Transaction(new TransactWriteItem
            {
                Update = new(tables.Simple.Name, new() { ["p"] = "a" }, "SET a = b"),
            })),
        new(
            "Local names another one of several faults that an update meets",
            Source.NoPromise,
            difference => Words.AreRefusals(difference) && IsOfUpdate(difference.Ours) && IsOfUpdate(difference.Theirs),
            tables => new UpdateItemRequest(tables.Simple.Name, new() { ["p"] = "a" })
            {
                UpdateExpression = "SET a = b, c.k = :v",
                ExpressionAttributeValues = new AttributeMap { [":v"] = 1 },
            }),
        Words.Of(
            "a transaction of no actions",
            "Value \\[] at 'transactItems' failed to satisfy constraint: .*",
            "1 validation error detected: Value '\\[]' at 'transactItems' failed to satisfy constraint: .*",
            Source.Observed("violations of the shape come as: 1 validation error detected: Value '…' at '…'"),
            _ => Transaction()),
        new(
            "Local refuses a transaction with names that nothing uses because there is no expression",
            Source.Observed("a Put of a transaction may have ExpressionAttributeNames and no expression; PutItem may not"),
            difference => difference.Operation == "TransactWriteItems" && difference.Theirs.Error is not null
                && difference.Theirs.Problem == "ExpressionAttributeNames can only be specified when using expressions",
            tables => Transaction(new TransactWriteItem
            {
                Put = new(tables.Simple.Name, new() { ["p"] = "a" })
                {
                    ExpressionAttributeNames = new Dictionary<string, string> { ["#a"] = "a" },
                },
            })),
        new(
            "Local returns an empty item in TransactGetItems where the projection leaves nothing",
            Source.Observed("TransactGetItems leaves such an item out; GetItem returns an empty one"),
            difference => difference.Operation == "TransactGetItems"
                && difference.Theirs.Text.Contains("\"Item\":{}", StringComparison.Ordinal)
                && Answers.AreSame(difference, WithoutEmptyItems),
            tables =>
            [
                new PutItemRequest(tables.Simple.Name, new() { ["p"] = "a" }),
                new TransactGetItemsRequest([new(new(tables.Simple.Name, new() { ["p"] = "a" }) { ProjectionExpression = "b" })]),
            ]),
    ];

    private static TransactWriteItemsRequest Transaction(params TransactWriteItem[] actions) => new(actions);

    private static bool IsCancelled(Difference difference) =>
        Words.AreRefusals(difference) && difference.Ours.Error == nameof(TransactionCanceledException);

    private static bool IsOfUpdate(Answer answer) => Regex.IsMatch(
        answer.Problem,
        "^(The document path provided|The provided expression refers|An operand in the update|Type mismatch for attribute"
        + "|Number overflow|Attempting to store more|DynamoDB only supports precision)");

    private static void WithoutEmptyItems(JsonObject body)
    {
        body.Remove("ConsumedCapacity");
        foreach (var response in (JsonArray)body["Responses"]!)
        {
            if (response!["Item"] is JsonObject { Count: 0 })
            {
                ((JsonObject)response).Remove("Item");
            }
        }
    }
}
