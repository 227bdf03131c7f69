using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Checks the members that the requests of PutItem, UpdateItem and DeleteItem share.</summary>
internal static class WriteRequestShape
{
    public static RequestValidator Of(PutItemRequest request) => new RequestValidator()
        .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
        .TableName(request.TableName)
        .Required(request.Item, "item")
        .ConditionalOperator(request.ConditionalOperator)
        .Condition(request.Expected, request.ReturnValuesOnConditionCheckFailure)
        .ReturnValues(request.ReturnValues)
        .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics);

    public static RequestValidator Of(UpdateItemRequest request)
    {
        var validator = new RequestValidator()
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .TableName(request.TableName)
            .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
            .ReturnValues(request.ReturnValues)
            .ConditionalOperator(request.ConditionalOperator)
            .Required(request.Key, "key")
            .Condition(request.Expected, request.ReturnValuesOnConditionCheckFailure);
        foreach (var (name, update) in request.AttributeUpdates ?? new Dictionary<string, AttributeValueUpdate>())
        {
            validator.Required(update, $"attributeUpdates.{name}.member")
                .OneOf(
                    update?.Action,
                    $"attributeUpdates.{name}.member.action",
                    AttributeAction.ADD,
                    AttributeAction.DELETE,
                    AttributeAction.PUT);
        }

        return validator;
    }

    public static RequestValidator Of(DeleteItemRequest request) => new RequestValidator()
        .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
        .TableName(request.TableName)
        .ReturnValues(request.ReturnValues)
        .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
        .ConditionalOperator(request.ConditionalOperator)
        .Required(request.Key, "key")
        .Condition(request.Expected, request.ReturnValuesOnConditionCheckFailure);

    public static RequestValidator ReturnConsumedCapacity(this RequestValidator validator, ReturnConsumedCapacity asked) =>
        validator.OneOf<ReturnConsumedCapacity>(
            asked,
            "returnConsumedCapacity",
            Model.ReturnConsumedCapacity.INDEXES,
            Model.ReturnConsumedCapacity.TOTAL,
            Model.ReturnConsumedCapacity.NONE);

    public static RequestValidator ReturnItemCollectionMetrics(
        this RequestValidator validator, ReturnItemCollectionMetrics asked) =>
        validator.OneOf<ReturnItemCollectionMetrics>(
            asked,
            "returnItemCollectionMetrics",
            Model.ReturnItemCollectionMetrics.SIZE,
            Model.ReturnItemCollectionMetrics.NONE);

    public static RequestValidator WhenConditionFails(
        this RequestValidator validator, ReturnValuesOnConditionCheckFailure asked, string prefix = "") =>
        validator.OneOf<ReturnValuesOnConditionCheckFailure>(
            asked,
            prefix + "returnValuesOnConditionCheckFailure",
            ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnValuesOnConditionCheckFailure.NONE);

    /// <summary>Checks the names of the tables in the request of a batch.</summary>
    public static RequestValidator RequestItems(this RequestValidator validator, IEnumerable<string>? tables)
    {
        var names = tables?.ToList();
        validator.Required(names, "requestItems");

        // DynamoDB reports invalid names only when it has found no other error before.
        if (!validator.IsBroken && names?.Exists(name => !TableArn.NamesTable(name)) == true)
        {
            validator.Add(
                $"'{{{string.Join(", ", names)}}}'",
                "requestItems",
                "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have "
                + "length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]");
        }

        return validator;
    }

    /// <summary>Refuses a batch that names no table.</summary>
    /// <exception cref="ValidationException">The batch names no table.</exception>
    public static void CheckNotEmpty<T>(IReadOnlyDictionary<string, T> requestItems, string operation)
    {
        if (requestItems.Count == 0)
        {
            throw new ValidationException($"The requestItems parameter is required for {operation}");
        }
    }

    private static RequestValidator ReturnValues(this RequestValidator validator, ReturnValue asked) => validator.OneOf<ReturnValue>(
        asked,
        "returnValues",
        ReturnValue.ALL_NEW,
        ReturnValue.UPDATED_OLD,
        ReturnValue.ALL_OLD,
        ReturnValue.NONE,
        ReturnValue.UPDATED_NEW);

    private static RequestValidator Condition(
        this RequestValidator validator,
        IReadOnlyDictionary<string, ExpectedAttributeValue>? expected,
        ReturnValuesOnConditionCheckFailure whenFalse)
    {
        foreach (var (name, expectation) in expected ?? new Dictionary<string, ExpectedAttributeValue>())
        {
            validator.Required(expectation, $"expected.{name}.member")
                .ComparisonOperator(expectation?.ComparisonOperator, $"expected.{name}.member")
                .AttributeValueList(expectation?.AttributeValueList, $"expected.{name}.member");
        }

        return validator.WhenConditionFails(whenFalse);
    }
}
