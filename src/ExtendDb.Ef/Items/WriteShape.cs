using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Items;

/// <summary>Checks the members that the requests of PutItem, UpdateItem and DeleteItem share.</summary>
internal static class WriteShape
{
    public static RequestShape Of(PutItemRequest request) => new RequestShape()
        .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
        .TableName(request.TableName)
        .Required(request.Item, "item")
        .Condition(request.Expected, request.ConditionalOperator, request.ReturnValuesOnConditionCheckFailure)
        .ReturnValues(request.ReturnValues)
        .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics);

    public static RequestShape Of(UpdateItemRequest request)
    {
        var shape = new RequestShape()
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .TableName(request.TableName)
            .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
            .ReturnValues(request.ReturnValues)
            .Required(request.Key, "key")
            .Condition(request.Expected, request.ConditionalOperator, request.ReturnValuesOnConditionCheckFailure);
        foreach (var (name, update) in request.AttributeUpdates ?? new Dictionary<string, AttributeValueUpdate>())
        {
            shape.Required(update, $"attributeUpdates.{name}.member")
                .OneOf(
                    update?.Action,
                    $"attributeUpdates.{name}.member.action",
                    AttributeAction.ADD,
                    AttributeAction.DELETE,
                    AttributeAction.PUT);
        }

        return shape;
    }

    public static RequestShape Of(DeleteItemRequest request) => new RequestShape()
        .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
        .TableName(request.TableName)
        .ReturnValues(request.ReturnValues)
        .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
        .Required(request.Key, "key")
        .Condition(request.Expected, request.ConditionalOperator, request.ReturnValuesOnConditionCheckFailure);

    public static RequestShape ReturnConsumedCapacity(this RequestShape shape, ReturnConsumedCapacity asked) =>
        shape.OneOf<ReturnConsumedCapacity>(
            asked,
            "returnConsumedCapacity",
            Throughput.ReturnConsumedCapacity.INDEXES,
            Throughput.ReturnConsumedCapacity.TOTAL,
            Throughput.ReturnConsumedCapacity.NONE);

    public static RequestShape ReturnItemCollectionMetrics(
        this RequestShape shape, ReturnItemCollectionMetrics asked) =>
        shape.OneOf<ReturnItemCollectionMetrics>(
            asked,
            "returnItemCollectionMetrics",
            Throughput.ReturnItemCollectionMetrics.SIZE,
            Throughput.ReturnItemCollectionMetrics.NONE);

    public static RequestShape WhenConditionFails(
        this RequestShape shape, ReturnValuesOnConditionCheckFailure asked, string prefix = "") =>
        shape.OneOf<ReturnValuesOnConditionCheckFailure>(
            asked,
            prefix + "returnValuesOnConditionCheckFailure",
            ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnValuesOnConditionCheckFailure.NONE);

    /// <summary>Checks the names of the tables of a batch.</summary>
    public static RequestShape RequestItems(this RequestShape shape, IEnumerable<string>? tables)
    {
        var names = tables?.ToList();
        shape.Required(names, "requestItems");

        // What was found wrong before hides it.
        if (!shape.IsBroken && names?.Exists(name => !RequestShape.IsName(name)) == true)
        {
            shape.Add(
                $"'{{{string.Join(", ", names)}}}'",
                "requestItems",
                "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have "
                + "length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]");
        }

        return shape;
    }

    /// <summary>Refuses a batch of nothing, whose shape is right.</summary>
    public static void CheckNotEmpty<T>(IReadOnlyDictionary<string, T> requestItems, string operation)
    {
        if (requestItems.Count == 0)
        {
            throw new ValidationException($"The requestItems parameter is required for {operation}");
        }
    }

    /// <summary>Refuses what only an UpdateItem returns.</summary>
    public static void CheckReturnsOld(ReturnValue asked)
    {
        if (asked is not (ReturnValue.NONE or ReturnValue.ALL_OLD))
        {
            throw new ValidationException("ReturnValues can only be ALL_OLD or NONE");
        }
    }

    private static RequestShape ReturnValues(this RequestShape shape, ReturnValue asked) => shape.OneOf<ReturnValue>(
        asked,
        "returnValues",
        ReturnValue.ALL_NEW,
        ReturnValue.UPDATED_OLD,
        ReturnValue.ALL_OLD,
        ReturnValue.NONE,
        ReturnValue.UPDATED_NEW);

    private static RequestShape Condition(
        this RequestShape shape,
        IReadOnlyDictionary<string, ExpectedAttributeValue>? expected,
        ConditionalOperator? conditionalOperator,
        ReturnValuesOnConditionCheckFailure whenFalse)
    {
        shape.ConditionalOperator(conditionalOperator);
        foreach (var (name, expectation) in expected ?? new Dictionary<string, ExpectedAttributeValue>())
        {
            shape.Required(expectation, $"expected.{name}.member")
                .ComparisonOperator(expectation?.ComparisonOperator, $"expected.{name}.member");
        }

        return shape.WhenConditionFails(whenFalse);
    }
}
