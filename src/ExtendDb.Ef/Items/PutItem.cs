using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Items;

/// <summary>An item to be put.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Item">The item with all its attributes, the key attributes included; at most 400 KB.</param>
public sealed record PutItemRequest(string TableName, AttributeMap Item)
{
    /// <summary>Gets which attributes to return: NONE or ALL_OLD.</summary>
    public ReturnValue ReturnValues { get; init; }
}

/// <summary>What a PutItem returns.</summary>
/// <param name="Attributes">The replaced item when ALL_OLD was asked for and the key was taken; otherwise null.</param>
public sealed record PutItemResponse(AttributeMap? Attributes);

/// <summary>Puts items.</summary>
internal static class PutItem
{
    /// <summary>Creates an item, or replaces the item that has the same primary key.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The item.</param>
    /// <param name="cancellationToken">Gives up; the item is then written or not, never half.</param>
    /// <returns>The replaced item when ALL_OLD was asked for and the key was taken; otherwise no attributes.</returns>
    /// <exception cref="ValidationException">The item breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="TransactionConflictException">Another transaction holds the item; trying again can succeed.</exception>
    /// <remarks>
    /// One marker for all its global indexes of one delay commits with the item; until a worker has applied it, a query on
    /// those indexes may miss the change. Cost: two round trips and one commit. Source: DynamoDB API, PutItem.
    /// </remarks>
    internal static async Task<PutItemResponse> HandleAsync(
        OperationContext at, PutItemRequest request, CancellationToken cancellationToken)
    {
        if (request.ReturnValues is not (ReturnValue.NONE or ReturnValue.ALL_OLD))
        {
            throw new ValidationException("ReturnValues can only be ALL_OLD or NONE");
        }

        var change = await ItemWrite.RunAsync(
            at,
            request.TableName,
            request.Item,
            table => table.CheckItem(request.Item),
            (_, _) => request.Item,
            cancellationToken);
        return new(request.ReturnValues == ReturnValue.ALL_OLD ? change.Before : null);
    }
}
