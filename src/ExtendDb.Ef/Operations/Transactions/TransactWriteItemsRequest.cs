using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to execute up to 100 actions on different items, either all of them or none.</summary>
public sealed record TransactWriteItemsRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public TransactWriteItemsRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="transactItems">The actions on different items, at most 100, and 4 MB.</param>
    [SetsRequiredMembers]
    public TransactWriteItemsRequest(IReadOnlyList<TransactWriteItem> transactItems)
    {
        TransactItems = transactItems;
    }

    /// <summary>Gets the actions on different items, at most 100, and 4 MB.</summary>
    public required IReadOnlyList<TransactWriteItem> TransactItems { get; init; }

    /// <summary>
    /// Gets a token of 1 to 36 characters; the same request with the same token has no effect for ten minutes. Null for
    /// none.
    /// </summary>
    public string? ClientRequestToken { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether the response contains the sizes of the item collections; the default is NONE.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}
