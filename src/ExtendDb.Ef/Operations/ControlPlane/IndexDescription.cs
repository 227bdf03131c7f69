using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Model;

/// <summary>The definition, state and size of an index.</summary>
/// <remarks>Source: DynamoDB API, GlobalSecondaryIndexDescription and LocalSecondaryIndexDescription.</remarks>
public sealed record IndexDescription
{
    /// <summary>Gets the name.</summary>
    public required string IndexName { get; init; }

    /// <summary>Gets the key attributes, HASH first.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the projection: the attributes that the entries hold.</summary>
    public required Projection Projection { get; init; }

    /// <summary>Gets the state; null for a local index.</summary>
    public IndexStatus? IndexStatus { get; init; }

    /// <summary>Gets true while an index that UpdateTable added is being filled; otherwise null.</summary>
    public bool? Backfilling { get; init; }

    /// <summary>Gets the provisioned capacity; null for a local index.</summary>
    public ProvisionedThroughputDescription? ProvisionedThroughput { get; init; }

    /// <summary>Gets the most requests of an index of a PAY_PER_REQUEST table; null when there is no maximum.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once; null for a local index.</summary>
    public GlobalSecondaryIndexWarmThroughputDescription? WarmThroughput { get; init; }

    /// <summary>Gets the size of all entries in bytes; an estimate above 10,000 entries.</summary>
    public long IndexSizeBytes { get; init; }

    /// <summary>Gets the number of entries; an estimate above 10,000.</summary>
    public long ItemCount { get; init; }

    /// <summary>Gets the ARN of the index.</summary>
    public required string IndexArn { get; init; }

    /// <summary>
    /// Gets the delay before a change is applied; null for a local index. Not part of DynamoDB's API.
    /// </summary>
    public TimeSpan? PropagationDelay { get; init; }

    internal static IndexDescription Of(string tableName, SecondaryIndex index, ExtendDbOptions options, DateTimeOffset now)
    {
        var described = new IndexDescription
        {
            IndexName = index.Name,
            KeySchema = index.KeySchema,
            Projection = new(index.ProjectionType) { NonKeyAttributes = index.NonKeyAttributes },
            IndexArn = TableArn.Of(options, tableName, index.Name),
        };
        return index.Kind == IndexKind.LOCAL
            ? described
            : described with
            {
                IndexStatus = index.Status,
                Backfilling = index.Status == Model.IndexStatus.CREATING ? true : null,
                ProvisionedThroughput = index.Throughput.Describe(now),
                OnDemandThroughput = index.Throughput.OnDemand,
                WarmThroughput = new(
                    index.Throughput.WarmReads, index.Throughput.WarmWrites, Model.IndexStatus.ACTIVE),
                PropagationDelay = index.PropagationDelayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : options.DefaultPropagationDelay,
            };
    }
}
