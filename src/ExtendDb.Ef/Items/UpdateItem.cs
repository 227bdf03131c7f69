using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Items;

/// <summary>Changes of one item.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
/// <remarks>Without an UpdateExpression or AttributeUpdates nothing changes, but the item comes to exist.</remarks>
public sealed record UpdateItemRequest(string TableName, AttributeMap Key)
{
    /// <summary>Gets the changes: SET, REMOVE, ADD and DELETE; null for none.</summary>
    public string? UpdateExpression { get; init; }

    /// <summary>Gets changes of whole attributes, an older form of UpdateExpression; null for none.</summary>
    public IReadOnlyDictionary<string, AttributeValueUpdate>? AttributeUpdates { get; init; }

    /// <summary>Gets the condition that the stored item must fulfil; null for none.</summary>
    public string? ConditionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets conditions on single attributes, an older form of ConditionExpression; null for none.</summary>
    public IReadOnlyDictionary<string, ExpectedAttributeValue>? Expected { get; init; }

    /// <summary>Gets how the conditions in Expected are joined; null is AND.</summary>
    public ConditionalOperator? ConditionalOperator { get; init; }

    /// <summary>Gets which attributes to return.</summary>
    public ReturnValue ReturnValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its exception.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the size of the item's collection.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}

/// <summary>What an UpdateItem returns.</summary>
/// <param name="Attributes">The attributes asked for; null when there are none.</param>
public sealed record UpdateItemResponse(AttributeMap? Attributes)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>Gets the size of the item's collection; null when it was not asked for or the table has no local index.</summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}

/// <summary>Updates items.</summary>
internal static class UpdateItem
{
    /// <summary>Changes an item; an item that is not there is created, unless the update only takes away.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The key, the changes, and the condition on the stored item.</param>
    /// <param name="cancellationToken">Gives up; the item is then updated or not, never half.</param>
    /// <returns>The attributes that ReturnValues asks for.</returns>
    /// <exception cref="ValidationException">The request, the key or the new item breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// All values are worked out from the item as it was. Cost: two round trips and one commit. Source: DynamoDB API,
    /// UpdateItem.
    /// </remarks>
    internal static async Task<UpdateItemResponse> HandleAsync(
        OperationContext at, UpdateItemRequest request, CancellationToken cancellationToken)
    {
        WriteShape.Of(request).ThrowIfBroken();
        ExpressionMembers.Check(
            request.ExpressionAttributeNames,
            request.ExpressionAttributeValues,
            [
                ("AttributeUpdates", request.AttributeUpdates),
                ("Expected", request.Expected),
                ("ConditionalOperator", request.ConditionalOperator),
            ],
            ("UpdateExpression", request.UpdateExpression, true),
            ("ConditionExpression", request.ConditionExpression, true));
        AttributeRules.Check(request.Key);
        var updates = request.AttributeUpdates is null ? ItemUpdate.None : LegacyUpdates.Of(request.AttributeUpdates);
        var expected = LegacyConditions.OfExpected(request.Expected, request.ConditionalOperator);
        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var update = ItemUpdate.Parse(request.UpdateExpression, placeholders) ?? updates;
        var condition = ItemCondition.Parse(request.ConditionExpression, placeholders) ?? expected;
        placeholders.CheckAllUsed();

        var change = await ItemWrite.RunAsync(
            at,
            request.TableName,
            request.Key,
            table =>
            {
                var key = table.KeySchema.OfKey(request.Key);
                TableUpdate.Check(table, update);
                KeyPaths.Check(table, condition?.Paths);
                return key;
            },
            (table, stored) =>
            {
                condition?.Demand(stored, request.ReturnValuesOnConditionCheckFailure);
                return TableUpdate.Apply(table, update, request.Key, stored);
            },
            cancellationToken);
        return new(Returned(request.ReturnValues, update, change))
        {
            ConsumedCapacity = TableChanges.Consumed(change, request.ReturnConsumedCapacity),
            ItemCollectionMetrics = await TableChanges.CollectionAsync(
                at.Context, change, request.ReturnItemCollectionMetrics, cancellationToken),
        };
    }

    private static AttributeMap? Returned(ReturnValue asked, ItemUpdate update, ItemChange change) => asked switch
    {
        ReturnValue.ALL_OLD => change.Before,
        ReturnValue.ALL_NEW => change.After,
        ReturnValue.UPDATED_OLD => Touched(update, change.Before),
        ReturnValue.UPDATED_NEW => Touched(update, change.After),
        _ => null,
    };

    private static AttributeMap? Touched(ItemUpdate update, AttributeMap? item) =>
        item is not null && update.Touched.Of(item) is { Count: > 0 } touched ? touched : null;
}
