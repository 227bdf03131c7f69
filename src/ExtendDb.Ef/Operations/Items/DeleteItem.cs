using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Handles DeleteItem.</summary>
internal static class DeleteItem
{
    internal static async Task<DeleteItemResponse> HandleAsync(
        OperationContext context, DeleteItemRequest request, CancellationToken cancellationToken)
    {
        WriteRequestShape.Of(request).ThrowIfBroken();
        var action = ItemAction.Delete(request.TableName, request.Key, request, request.OnlyTable);
        var change = await ItemWrite.RunAsync(context, action, cancellationToken);
        return new()
        {
            Attributes = request.ReturnValues == ReturnValue.ALL_OLD ? change.Before : null,
            ConsumedCapacity = CapacityByTable.Consumed(change, request.ReturnConsumedCapacity),
            ItemCollectionMetrics = await CapacityByTable.CollectionAsync(
                context, change, request.ReturnItemCollectionMetrics, cancellationToken),
        };
    }
}
