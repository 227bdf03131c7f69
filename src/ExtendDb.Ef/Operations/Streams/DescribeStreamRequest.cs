using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to describe a stream.</summary>
public sealed record DescribeStreamRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public DescribeStreamRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="streamArn">The ARN of the stream.</param>
    [SetsRequiredMembers]
    public DescribeStreamRequest(string streamArn)
    {
        StreamArn = streamArn;
    }

    /// <summary>Gets the ARN of the stream.</summary>
    public required string StreamArn { get; init; }

    /// <summary>Gets the largest number of shards to describe, 1 to 100; null is 100.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the ShardId of the shard after which the list of shards starts; null for the first page.</summary>
    public string? ExclusiveStartShardId { get; init; }
}
