using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Handles PutItem.</summary>
internal static class PutItem
{
    internal static async Task<PutItemResponse> HandleAsync(
        OperationContext context, PutItemRequest request, CancellationToken cancellationToken)
    {
        WriteRequestShape.Of(request).ThrowIfBroken();
        var action = ItemAction.Put(request.TableName, request.Item, request);
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
