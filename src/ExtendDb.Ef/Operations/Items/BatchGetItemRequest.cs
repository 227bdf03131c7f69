using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to read up to 100 items of one or more tables by their primary keys.</summary>
public sealed record BatchGetItemRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public BatchGetItemRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="requestItems">The keys of the items, by table; at most 100 in all.</param>
    [SetsRequiredMembers]
    public BatchGetItemRequest(IReadOnlyDictionary<string, KeysAndAttributes> requestItems)
    {
        RequestItems = requestItems;
    }

    /// <summary>Gets the keys of the items, by table; at most 100 in all.</summary>
    public required IReadOnlyDictionary<string, KeysAndAttributes> RequestItems { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
