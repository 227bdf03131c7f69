using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Deletes items.</summary>
internal static class DeleteItem
{
    /// <summary>Deletes the item with a primary key; that there is none is no error.</summary>
    /// <param name="context">Where.</param>
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
        OperationContext context, DeleteItemRequest request, CancellationToken cancellationToken)
    {
        WriteRequestShape.Of(request).ThrowIfBroken();
        var action = ItemAction.Delete(request.TableName, request.Key, request, request.OnlyTable);
        var change = await ItemWrite.RunAsync(context, action, cancellationToken);
        return new(request.ReturnValues == ReturnValue.ALL_OLD ? change.Before : null)
        {
            ConsumedCapacity = CapacityByTable.Consumed(change, request.ReturnConsumedCapacity),
            ItemCollectionMetrics = await CapacityByTable.CollectionAsync(
                context.DbContext, change, request.ReturnItemCollectionMetrics, cancellationToken),
        };
    }
}
