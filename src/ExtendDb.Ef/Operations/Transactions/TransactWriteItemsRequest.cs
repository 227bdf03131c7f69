using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Actions that are done all together or not at all.</summary>
public sealed record TransactWriteItemsRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public TransactWriteItemsRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="transactItems">The actions, at most 100 on as many different items, and 4 MB.</param>
    [SetsRequiredMembers]
    public TransactWriteItemsRequest(IReadOnlyList<TransactWriteItem> transactItems)
    {
        TransactItems = transactItems;
    }

    /// <summary>Gets the actions, at most 100 on as many different items, and 4 MB.</summary>
    public required IReadOnlyList<TransactWriteItem> TransactItems { get; init; }

    /// <summary>Gets a token that makes the same request, sent again within ten minutes, do nothing; null for none.</summary>
    public string? ClientRequestToken { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the sizes of the items' collections.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}
