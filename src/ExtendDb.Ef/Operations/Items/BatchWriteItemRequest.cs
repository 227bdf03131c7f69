using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to put and delete up to 25 items of one or more tables.</summary>
public sealed record BatchWriteItemRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public BatchWriteItemRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="requestItems">The writes, by table; at most 25 in all, and 16 MB.</param>
    [SetsRequiredMembers]
    public BatchWriteItemRequest(IReadOnlyDictionary<string, IReadOnlyList<WriteRequest>> requestItems)
    {
        RequestItems = requestItems;
    }

    /// <summary>Gets the writes, by table; at most 25 in all, and 16 MB.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<WriteRequest>> RequestItems { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether the response contains the sizes of the item collections; the default is NONE.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}
