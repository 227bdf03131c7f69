using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Keys of items to be read, of one or more tables.</summary>
public sealed record BatchGetItemRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public BatchGetItemRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="requestItems">The keys, by table; at most 100 in all.</param>
    [SetsRequiredMembers]
    public BatchGetItemRequest(IReadOnlyDictionary<string, KeysAndAttributes> requestItems)
    {
        RequestItems = requestItems;
    }

    /// <summary>Gets the keys, by table; at most 100 in all.</summary>
    public required IReadOnlyDictionary<string, KeysAndAttributes> RequestItems { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
