using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Items;

/// <summary>Changes of whole attributes of one item.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
/// <param name="AttributeUpdates">What happens to each attribute, by name; none changes nothing but makes the item exist.</param>
public sealed record UpdateItemRequest(
    string TableName, AttributeMap Key, IReadOnlyDictionary<string, AttributeValueUpdate> AttributeUpdates)
{
    /// <summary>Gets which attributes to return.</summary>
    public ReturnValue ReturnValues { get; init; }
}

/// <summary>What an UpdateItem returns.</summary>
/// <param name="Attributes">The attributes asked for; null when there are none.</param>
public sealed record UpdateItemResponse(AttributeMap? Attributes);

/// <summary>Updates items.</summary>
internal static class UpdateItem
{
    /// <summary>Sets and removes attributes of an item; an item that is not there is created.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The key and the changes.</param>
    /// <param name="cancellationToken">Gives up; the item is then updated or not, never half.</param>
    /// <returns>The attributes that ReturnValues asks for.</returns>
    /// <exception cref="ValidationException">The key does not fit, a key attribute is updated, or the new item breaks a rule.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// An update that only removes does not create an item. Cost: two round trips and one commit. Source: DynamoDB API,
    /// UpdateItem, AttributeUpdates.
    /// </remarks>
    internal static async Task<UpdateItemResponse> HandleAsync(
        OperationContext at, UpdateItemRequest request, CancellationToken cancellationToken)
    {
        var change = await ItemWrite.RunAsync(
            at,
            request.TableName,
            request.Key,
            table =>
            {
                var key = table.KeySchema.OfKey(request.Key);
                RefuseKeyUpdates(table, request);
                return key;
            },
            (table, stored) =>
            {
                var updated = Updated(request, stored);
                if (updated is not null)
                {
                    table.CheckUpdatedItem(updated);
                }

                return updated;
            },
            cancellationToken);
        return new(Returned(request, change));
    }

    private static void RefuseKeyUpdates(TableDefinition table, UpdateItemRequest request)
    {
        foreach (var name in request.AttributeUpdates.Keys.Where(table.KeySchema.Contains))
        {
            throw ValidationException.InvalidParameter(
                $"Cannot update attribute {name}. This attribute is part of the key");
        }
    }

    private static AttributeMap? Updated(UpdateItemRequest request, AttributeMap? stored)
    {
        var updates = request.AttributeUpdates;
        if (stored is null && updates.Count > 0 && updates.Values.All(update => update.Value is null))
        {
            return null;
        }

        var kept = (stored ?? request.Key).Where(attribute => !updates.ContainsKey(attribute.Key));
        var put = updates.Where(update => update.Value.Value is not null)
            .Select(update => KeyValuePair.Create(update.Key, update.Value.Value!));
        return new([.. kept, .. put]);
    }

    private static AttributeMap? Returned(UpdateItemRequest request, ItemWrite.Change change) => request.ReturnValues switch
    {
        ReturnValue.ALL_OLD => change.Before,
        ReturnValue.ALL_NEW => change.After,
        ReturnValue.UPDATED_OLD => Touched(request, change.Before),
        ReturnValue.UPDATED_NEW => Touched(request, change.After),
        _ => null,
    };

    private static AttributeMap? Touched(UpdateItemRequest request, AttributeMap? item)
    {
        var touched = (item ?? AttributeMap.Empty).Where(a => request.AttributeUpdates.ContainsKey(a.Key)).ToList();
        return touched.Count > 0 ? new(touched) : null;
    }
}
