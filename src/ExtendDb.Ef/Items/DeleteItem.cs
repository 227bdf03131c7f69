using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Items;

/// <summary>The key of an item to be deleted.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record DeleteItemRequest(string TableName, AttributeMap Key)
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

    /// <summary>Gets the number of the only table that is meant: another one may have got its name meanwhile. Null is any.</summary>
    internal int? OnlyTable { get; init; }
}

/// <summary>What a DeleteItem returns.</summary>
/// <param name="Attributes">The deleted item when ALL_OLD was asked for and there was one; otherwise null.</param>
public sealed record DeleteItemResponse(AttributeMap? Attributes)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }

    /// <summary>Gets the size of the item's collection; null when it was not asked for or the table has no local index.</summary>
    public ItemCollectionMetrics? ItemCollectionMetrics { get; init; }
}

/// <summary>Deletes items.</summary>
internal static class DeleteItem
{
    /// <summary>Deletes the item with a primary key; that there is none is no error.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The key, and the condition on the stored item.</param>
    /// <param name="cancellationToken">Gives up; the item is then deleted or not.</param>
    /// <returns>The deleted item when ALL_OLD was asked for and there was one; otherwise no attributes.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the key does not fit the table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// The markers that take its entries out of the global indexes commit with the deletion. Cost: two round trips and
    /// one commit. Source: DynamoDB API, DeleteItem.
    /// </remarks>
    internal static async Task<DeleteItemResponse> HandleAsync(
        OperationContext at, DeleteItemRequest request, CancellationToken cancellationToken)
    {
        WriteShape.Of(request).ThrowIfBroken();
        ExpressionMembers.Check(
            request.ExpressionAttributeNames,
            request.ExpressionAttributeValues,
            [("Expected", request.Expected), ("ConditionalOperator", request.ConditionalOperator)],
            ("ConditionExpression", request.ConditionExpression, true));
        AttributeRules.Check(request.Key);
        WriteShape.CheckReturnsOld(request.ReturnValues);
        var expected = LegacyConditions.OfExpected(request.Expected, request.ConditionalOperator);
        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var condition = ItemCondition.Parse(request.ConditionExpression, placeholders) ?? expected;
        placeholders.CheckAllUsed();

        var change = await ItemWrite.RunAsync(
            at,
            request.TableName,
            request.Key,
            table =>
            {
                if (request.OnlyTable is { } only && table.Id != only)
                {
                    throw new ResourceNotFoundException("Requested resource not found");
                }

                var key = table.KeySchema.OfKey(request.Key);
                KeyPaths.Check(table, condition?.Paths);
                return key;
            },
            (_, stored) =>
            {
                condition?.Demand(stored, request.ReturnValuesOnConditionCheckFailure);
                return null;
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
