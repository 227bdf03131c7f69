using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Items;

/// <summary>The key of an item to be read.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record GetItemRequest(string TableName, AttributeMap Key);

/// <summary>What a GetItem returns.</summary>
/// <param name="Item">The item; null when there is none.</param>
public sealed record GetItemResponse(AttributeMap? Item);

/// <summary>Reads items by key.</summary>
internal static class GetItem
{
    /// <summary>Reads the item with a primary key.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The item; null when there is none.</returns>
    /// <exception cref="ValidationException">The key does not fit the table, or is empty or too long.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Always strongly consistent. Cost: one round trip. Source: DynamoDB API, GetItem.</remarks>
    internal static async Task<GetItemResponse> HandleAsync(
        OperationContext at, GetItemRequest request, CancellationToken cancellationToken)
    {
        var table = await at.TableAsync(request.TableName, cancellationToken);
        var key = table.KeySchema.OfKey(request.Key);
        var item = await ItemRow.ReadAsync(at.Context, table, key, cancellationToken);
        if (item is not null)
        {
            ItemRow.CheckKey(table.KeySchema, request.Key, item.Document);
        }

        return new(item?.Document);
    }
}
