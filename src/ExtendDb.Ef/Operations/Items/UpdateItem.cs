using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Handles UpdateItem.</summary>
internal static class UpdateItem
{
    internal static async Task<UpdateItemResponse> HandleAsync(
        OperationContext context, UpdateItemRequest request, CancellationToken cancellationToken)
    {
        WriteRequestShape.Of(request).ThrowIfBroken();
        var action = ItemAction.Update(request.TableName, request.Key, request);
        var change = await ItemWrite.RunAsync(context, action, cancellationToken);
        return new()
        {
            Attributes = Returned(request.ReturnValues, action, change),
            ConsumedCapacity = CapacityByTable.Consumed(change, request.ReturnConsumedCapacity),
            ItemCollectionMetrics = await CapacityByTable.CollectionAsync(
                context, change, request.ReturnItemCollectionMetrics, cancellationToken),
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
