namespace ExtendDb.Ef.Model;

/// <summary>A change of an item. Source: DynamoDB API, Record and StreamRecord.</summary>
public sealed record StreamRecord
{
    /// <summary>Gets the id of the record, which no other record of the database has.</summary>
    public required string EventId { get; init; }

    /// <summary>Gets what happened to the item.</summary>
    public required StreamEventName EventName { get; init; }

    /// <summary>Gets the region, which is that of the ARNs.</summary>
    public required string AwsRegion { get; init; }

    /// <summary>Gets the name of the table.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the ShardId of the shard that holds the record; all records of an item are in one shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>
    /// Gets the place of the record in its shard: 21 digits, in whose order, one after the other without a gap, the changes of an
    /// item are read.
    /// </summary>
    public required string SequenceNumber { get; init; }

    /// <summary>Gets the time of the change, by the database's clock, in whole seconds.</summary>
    public required DateTimeOffset ApproximateCreationDateTime { get; init; }

    /// <summary>Gets the primary key of the item.</summary>
    public required AttributeMap Keys { get; init; }

    /// <summary>Gets the item before the change; null when there was none, or the stream does not have it.</summary>
    public AttributeMap? OldImage { get; init; }

    /// <summary>Gets the item after the change; null when there is none, or the stream does not have it.</summary>
    public AttributeMap? NewImage { get; init; }

    /// <summary>Gets the size of the key and the images in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Gets what the records of the stream contain.</summary>
    public required StreamViewType StreamViewType { get; init; }

    /// <summary>Gets who deleted the item because it had expired; null for every other change.</summary>
    public StreamIdentity? UserIdentity { get; init; }

    /// <summary>Gets the number behind the sequence number.</summary>
    internal long Number { get; init; }
}
