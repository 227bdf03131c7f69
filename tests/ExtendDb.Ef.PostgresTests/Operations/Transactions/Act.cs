using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

/// <summary>Writes the actions of a transaction in few words; <c>:v</c> is the one value of an expression.</summary>
internal static class Act
{
    public static TransactWriteItem Put(string table, AttributeMap item, string? when = null, AttributeValue? v = null) =>
        new() { Put = new(table, item) { ConditionExpression = when, ExpressionAttributeValues = Values(v) } };

    public static TransactWriteItem Delete(string table, AttributeMap key, string? when = null, AttributeValue? v = null) =>
        new() { Delete = new(table, key) { ConditionExpression = when, ExpressionAttributeValues = Values(v) } };

    public static TransactWriteItem Update(
        string table, AttributeMap key, string update, AttributeValue? v = null, string? when = null) => new()
        {
            Update = new(table, key, update) { ConditionExpression = when, ExpressionAttributeValues = Values(v) },
        };

    public static TransactWriteItem Check(string table, AttributeMap key, string when, AttributeValue? v = null) =>
        new() { ConditionCheck = new(table, key, when) { ExpressionAttributeValues = Values(v) } };

    /// <summary>Makes an action return the stored item when its condition is false.</summary>
    public static TransactWriteItem WithItem(this TransactWriteItem action) => new()
    {
        Put = action.Put is null ? null : action.Put with { ReturnValuesOnConditionCheckFailure = Asked },
        Delete = action.Delete is null ? null : action.Delete with { ReturnValuesOnConditionCheckFailure = Asked },
        Update = action.Update is null ? null : action.Update with { ReturnValuesOnConditionCheckFailure = Asked },
        ConditionCheck = action.ConditionCheck is null
            ? null
            : action.ConditionCheck with { ReturnValuesOnConditionCheckFailure = Asked },
    };

    public static Task<TransactWriteItemsResponse> TransactAsync(this IExtendDb db, params TransactWriteItem[] actions) =>
        db.TransactWriteItemsAsync(new(actions));

    public static TransactGetItem Get(string table, AttributeMap key, string? projection = null) =>
        new(new(table, key) { ProjectionExpression = projection });

    private const ReturnValuesOnConditionCheckFailure Asked = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    private static Dictionary<string, AttributeValue>? Values(AttributeValue? v) =>
        v is null ? null : new() { [":v"] = v };
}
