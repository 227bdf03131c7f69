using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Items;

/// <summary>An item to be put.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Item">The item with all its attributes, the key attributes included; at most 400 KB.</param>
public sealed record PutItemRequest(string TableName, AttributeMap Item)
{
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

    /// <summary>Gets which attributes to return: NONE or ALL_OLD.</summary>
    public ReturnValue ReturnValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its exception.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the size of the item's collection.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}

/// <summary>What a PutItem returns.</summary>
/// <param name="Attributes">The replaced item when ALL_OLD was asked for and the key was taken; otherwise null.</param>
public sealed record PutItemResponse(AttributeMap? Attributes)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>Gets the size of the item's collection; null when it was not asked for or the table has no local index.</summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}

/// <summary>Puts items.</summary>
internal static class PutItem
{
    /// <summary>Creates an item, or replaces the item that has the same primary key.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The item, and the condition on the stored one.</param>
    /// <param name="cancellationToken">Gives up; the item is then written or not, never half.</param>
    /// <returns>The replaced item when ALL_OLD was asked for and the key was taken; otherwise no attributes.</returns>
    /// <exception cref="ValidationException">The request or the item breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// One marker for all its global indexes of one delay commits with the item; until a worker has applied it, a query on
    /// those indexes may miss the change. Cost: two round trips and one commit. Source: DynamoDB API, PutItem.
    /// </remarks>
    internal static async Task<PutItemResponse> HandleAsync(
        OperationContext at, PutItemRequest request, CancellationToken cancellationToken)
    {
        WriteShape.Of(request).ThrowIfBroken();
        ExpressionMembers.Check(
            request.ExpressionAttributeNames,
            request.ExpressionAttributeValues,
            [("Expected", request.Expected), ("ConditionalOperator", request.ConditionalOperator)],
            ("ConditionExpression", request.ConditionExpression, true));
        AttributeRules.Check(request.Item);
        WriteShape.CheckReturnsOld(request.ReturnValues);
        var expected = LegacyConditions.OfExpected(request.Expected, request.ConditionalOperator);
        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var condition = ItemCondition.Parse(request.ConditionExpression, placeholders) ?? expected;
        placeholders.CheckAllUsed();

        var change = await ItemWrite.RunAsync(
            at,
            request.TableName,
            request.Item,
            table =>
            {
                var key = table.CheckItem(request.Item);
                KeyPaths.Check(table, condition?.Paths);
                return key;
            },
            (_, stored) =>
            {
                condition?.Demand(stored, request.ReturnValuesOnConditionCheckFailure);
                return request.Item;
            },
            cancellationToken);
        return new(request.ReturnValues == ReturnValue.ALL_OLD ? change.Before : null)
        {
            ConsumedCapacity = TableChanges.Consumed(change, request.ReturnConsumedCapacity),
            ItemCollectionMetrics = await TableChanges.CollectionAsync(
                at.Context, change, request.ReturnItemCollectionMetrics, cancellationToken),
        };
    }
}
