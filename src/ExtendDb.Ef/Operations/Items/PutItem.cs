using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Puts items.</summary>
internal static class PutItem
{
    /// <summary>Creates an item, or replaces the item that has the same primary key.</summary>
    /// <param name="context">Where.</param>
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
        OperationContext context, PutItemRequest request, CancellationToken cancellationToken)
    {
        WriteRequestShape.Of(request).ThrowIfBroken();
        var action = ItemAction.Put(request.TableName, request.Item, request);
        var change = await ItemWrite.RunAsync(context, action, cancellationToken);
        return new(request.ReturnValues == ReturnValue.ALL_OLD ? change.Before : null)
        {
            ConsumedCapacity = CapacityByTable.Consumed(change, request.ReturnConsumedCapacity),
            ItemCollectionMetrics = await CapacityByTable.CollectionAsync(
                context.DbContext, change, request.ReturnItemCollectionMetrics, cancellationToken),
        };
    }
}
