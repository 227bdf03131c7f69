using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Items;

/// <summary>The key of an item to be read.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record GetItemRequest(string TableName, AttributeMap Key)
{
    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the names of the attributes to return, an older form of ProjectionExpression; null for all.</summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets whether to count the read as a strongly consistent one, which it always is.</summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}

/// <summary>What a GetItem returns.</summary>
/// <param name="Item">The item, or what the projection leaves of it; null when there is none.</param>
public sealed record GetItemResponse(AttributeMap? Item)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}

/// <summary>Reads items by key.</summary>
internal static class GetItem
{
    /// <summary>Reads the item with a primary key.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The key, and which attributes to return.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The item, or what the projection leaves of it, which can be nothing; null when there is no item.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the key does not fit the table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Always strongly consistent. Cost: one round trip. Source: DynamoDB API, GetItem.</remarks>
    internal static async Task<GetItemResponse> HandleAsync(
        OperationContext at, GetItemRequest request, CancellationToken cancellationToken)
    {
        var shape = new RequestShape();
        shape.AttributesToGet(request.AttributesToGet);
        shape.ReturnConsumedCapacity(request.ReturnConsumedCapacity)
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

        var table = await at.TableAsync(request.TableName, cancellationToken);
        var key = table.KeySchema.OfKey(request.Key);
        KeyPaths.Check(table, projection?.Paths);
        var item = await ItemRow.ReadAsync(at.Context, new ItemPlace(table, key, request.Key), cancellationToken);
        return new(item is null || projection is null ? item?.Document : projection.Of(item.Document))
        {
            ConsumedCapacity = Consumed(table, item, request),
        };
    }

    private static ConsumedCapacity? Consumed(TableDefinition table, Item? item, GetItemRequest request)
    {
        var units = new TableUnits(table);
        units.Add(CapacityUnits.OfRead(item?.SizeBytes ?? 0, request.ConsistentRead));
        return units.ToResponse(request.ReturnConsumedCapacity);
    }
}
