using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Handles GetItem.</summary>
internal static class GetItem
{
    internal static async Task<GetItemResponse> HandleAsync(
        OperationContext context, GetItemRequest request, CancellationToken cancellationToken)
    {
        var validator = new RequestValidator();
        validator.AttributesToGet(request.AttributesToGet);
        validator.ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .Required(request.Key, "key")
            .TableName(request.TableName)
            .ThrowIfBroken();
        ExpressionMembers.Check(
            request.ExpressionAttributeNames,
            values: null,
            [("AttributesToGet", request.AttributesToGet)],
            ("ProjectionExpression", request.ProjectionExpression, false));
        AttributeRules.Check(request.Key);
        var projection = DocumentProjection.Read(
            request.ProjectionExpression, request.ExpressionAttributeNames, request.AttributesToGet);

        var table = await context.TableAsync(request.TableName, cancellationToken);
        var key = table.KeySchema.OfKey(request.Key);
        KeyPaths.Check(table, projection?.Paths);
        var item = await ItemRow.ReadAsync(context, new ItemTarget(table, request.TableName, key, request.Key), cancellationToken);
        return new()
        {
            Item = item is null || projection is null ? item?.Document : projection.Of(item.Document),
            ConsumedCapacity = Consumed(table, item, request),
        };
    }

    private static ConsumedCapacity? Consumed(TableDefinition table, Item? item, GetItemRequest request)
    {
        var units = new TableUnits(table, request.TableName);
        units.Add(CapacityUnits.OfRead(item?.SizeBytes ?? 0, request.ConsistentRead));
        return units.ToResponse(request.ReturnConsumedCapacity);
    }
}
