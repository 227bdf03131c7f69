namespace ExtendDb.Ef.Model;

/// <summary>A stream and its shards. Source: DynamoDB API, StreamDescription.</summary>
public sealed record StreamDescription
{
    /// <summary>Gets the ARN.</summary>
    public required string StreamArn { get; init; }

    /// <summary>Gets the label.</summary>
    public required string StreamLabel { get; init; }

    /// <summary>Gets the state.</summary>
    public required StreamStatus StreamStatus { get; init; }

    /// <summary>Gets what the records contain.</summary>
    public required StreamViewType StreamViewType { get; init; }

    /// <summary>Gets the time at which the stream was enabled.</summary>
    public required DateTimeOffset CreationRequestDateTime { get; init; }

    /// <summary>Gets the name of the table.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the primary key of the table.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the shards. They have no parents: a shard lasts as long as the stream.</summary>
    public required IReadOnlyList<Shard> Shards { get; init; }

    /// <summary>Gets the ShardId after which the next page starts; null when there is none.</summary>
    public string? LastEvaluatedShardId { get; init; }
}
