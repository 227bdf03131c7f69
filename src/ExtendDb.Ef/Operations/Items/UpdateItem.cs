using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Updates items.</summary>
internal static class UpdateItem
{
    /// <summary>Changes an item; an item that is not there is created, unless the update only takes away.</summary>
    /// <param name="context">Where.</param>
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
        OperationContext context, UpdateItemRequest request, CancellationToken cancellationToken)
    {
        WriteRequestShape.Of(request).ThrowIfBroken();
        var action = ItemAction.Update(request.TableName, request.Key, request);
        var change = await ItemWrite.RunAsync(context, action, cancellationToken);
        return new(Returned(request.ReturnValues, action, change))
        {
            ConsumedCapacity = CapacityByTable.Consumed(change, request.ReturnConsumedCapacity),
            ItemCollectionMetrics = await CapacityByTable.CollectionAsync(
                context.DbContext, change, request.ReturnItemCollectionMetrics, cancellationToken),
        };
    }

    private static AttributeMap? Returned(ReturnValue asked, ItemAction.OfUpdate update, ItemChange change) => asked switch
    {
        ReturnValue.ALL_OLD => change.Before,
        ReturnValue.ALL_NEW => change.After,
        ReturnValue.UPDATED_OLD => update.Touched(change.Before),
        ReturnValue.UPDATED_NEW => update.Touched(change.After),
        _ => null,
    };
}
