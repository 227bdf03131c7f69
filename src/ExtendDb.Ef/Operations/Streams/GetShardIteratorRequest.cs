using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request for a place in a shard.</summary>
public sealed record GetShardIteratorRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public GetShardIteratorRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="streamArn">The ARN of the stream.</param>
    /// <param name="shardId">The id of the shard.</param>
    /// <param name="shardIteratorType">Where the reading begins.</param>
    [SetsRequiredMembers]
    public GetShardIteratorRequest(string streamArn, string shardId, ShardIteratorType shardIteratorType)
    {
        StreamArn = streamArn;
        ShardId = shardId;
        ShardIteratorType = shardIteratorType;
    }

    /// <summary>Gets the ARN of the stream.</summary>
    public required string StreamArn { get; init; }

    /// <summary>Gets the id of the shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>Gets where the reading begins.</summary>
    public required ShardIteratorType ShardIteratorType { get; init; }

    /// <summary>Gets the sequence number of AT_ and AFTER_SEQUENCE_NUMBER; null with the other types.</summary>
    public string? SequenceNumber { get; init; }
}
