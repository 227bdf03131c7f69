using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Keys of items to be read in one snapshot.</summary>
public sealed record TransactGetItemsRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public TransactGetItemsRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="transactItems">The keys, at most 100, of as many different items.</param>
    [SetsRequiredMembers]
    public TransactGetItemsRequest(IReadOnlyList<TransactGetItem> transactItems)
    {
        TransactItems = transactItems;
    }

    /// <summary>Gets the keys, at most 100, of as many different items.</summary>
    public required IReadOnlyList<TransactGetItem> TransactItems { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
