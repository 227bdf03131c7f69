using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to read up to 100 items in one snapshot.</summary>
public sealed record TransactGetItemsRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public TransactGetItemsRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="transactItems">The reads of different items, at most 100.</param>
    [SetsRequiredMembers]
    public TransactGetItemsRequest(IReadOnlyList<TransactGetItem> transactItems)
    {
        TransactItems = transactItems;
    }

    /// <summary>Gets the reads of different items, at most 100.</summary>
    public required IReadOnlyList<TransactGetItem> TransactItems { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
