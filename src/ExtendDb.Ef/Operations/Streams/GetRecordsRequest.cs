using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to read records of a shard.</summary>
public sealed record GetRecordsRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public GetRecordsRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="shardIterator">The place from which to read.</param>
    [SetsRequiredMembers]
    public GetRecordsRequest(string shardIterator)
    {
        ShardIterator = shardIterator;
    }

    /// <summary>Gets the place from which to read, of GetShardIterator or of the last GetRecords.</summary>
    public required string ShardIterator { get; init; }

    /// <summary>Gets the largest number of records, 1 to 1,000; null is 1,000.</summary>
    public int? Limit { get; init; }
}
