using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Items;

/// <summary>The key of an item to be deleted.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record DeleteItemRequest(string TableName, AttributeMap Key)
{
    /// <summary>Gets which attributes to return: NONE or ALL_OLD.</summary>
    public ReturnValue ReturnValues { get; init; }
}

/// <summary>What a DeleteItem returns.</summary>
/// <param name="Attributes">The deleted item when ALL_OLD was asked for and there was one; otherwise null.</param>
public sealed record DeleteItemResponse(AttributeMap? Attributes);

/// <summary>Deletes items.</summary>
internal static class DeleteItem
{
    /// <summary>Deletes the item with a primary key; that there is none is no error.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The key.</param>
    /// <param name="cancellationToken">Gives up; the item is then deleted or not.</param>
    /// <returns>The deleted item when ALL_OLD was asked for and there was one; otherwise no attributes.</returns>
    /// <exception cref="ValidationException">The key does not fit the table, or is empty or too long.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// The markers that take its entries out of the global indexes commit with the deletion. Cost: two round trips and
    /// one commit. Source: DynamoDB API, DeleteItem.
    /// </remarks>
    internal static async Task<DeleteItemResponse> HandleAsync(
        OperationContext at, DeleteItemRequest request, CancellationToken cancellationToken)
    {
        if (request.ReturnValues is not (ReturnValue.NONE or ReturnValue.ALL_OLD))
        {
            throw new ValidationException("ReturnValues can only be ALL_OLD or NONE");
        }

        var change = await ItemWrite.RunAsync(
            at,
            request.TableName,
            request.Key,
            table => table.KeySchema.OfKey(request.Key),
            (_, _) => null,
            cancellationToken);
        return new(request.ReturnValues == ReturnValue.ALL_OLD ? change.Before : null);
    }
}
