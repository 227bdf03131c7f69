using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Entities;

namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>tables</c>: the definition of one table.</summary>
public class Table
{
    /// <summary>Gets the id of the table, which its rows carry; never used again.</summary>
    public int Id { get; private set; }

    /// <summary>Gets the name, unique in the database.</summary>
    public required string Name { get; init; }

    /// <summary>Gets DynamoDB's TableId.</summary>
    public required Guid TableId { get; init; }

    /// <summary>Gets the attributes of the primary key, HASH first.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the types of all attributes that a key of the table or of one of its indexes uses.</summary>
    public IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; internal set; } = [];

    /// <summary>Gets whether DeleteTable refuses to delete the table.</summary>
    public bool DeletionProtectionEnabled { get; internal set; }

    /// <summary>Gets the time at which the table was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the billing mode.</summary>
    public BillingMode BillingMode { get; internal set; }

    /// <summary>
    /// Gets the time at which the table last became PAY_PER_REQUEST; null when it never did, or was created so.
    /// </summary>
    public DateTimeOffset? BillingChangedAt { get; internal set; }

    /// <summary>Gets the table class; null when none was chosen.</summary>
    public TableClass? TableClass { get; internal set; }

    /// <summary>Gets the time at which UpdateTable changed the table class; null when it never did.</summary>
    public DateTimeOffset? TableClassChangedAt { get; internal set; }

    /// <summary>Gets the tags, by key.</summary>
    public IReadOnlyList<Tag> Tags { get; internal set; } = [];

    /// <summary>
    /// Gets the attribute that holds an item's time of expiry, as it is named in documents; null when items do not
    /// expire.
    /// </summary>
    public string? TtlAttribute { get; internal set; }

    /// <summary>
    /// Gets the time of the last scan for expired items, or a later time after a long scan; null when there was none.
    /// </summary>
    public DateTimeOffset? TtlSweptAt { get; internal set; }

    /// <summary>Gets what the records of the table's stream contain; null when the table has no stream.</summary>
    public StreamViewType? StreamViewType { get; private set; }

    /// <summary>Gets whether the table's stream is ENABLING or ENABLED; null when the table has no stream.</summary>
    public StreamStatus? StreamStatus { get; private set; }

    /// <summary>Gets the label of the stream that the table has, or last had; null when it never had one.</summary>
    public string? LatestStreamLabel { get; private set; }

    /// <summary>Gets the indexes of the table.</summary>
    public virtual ICollection<SecondaryIndex> SecondaryIndexes { get; } = [];

    /// <summary>Gets the version of the definition of the table and its indexes, which a write is made for.</summary>
    internal long DefinitionVersion { get; private set; } = 1;

    /// <summary>Gets the id of the table's stream; null when it has none, or one that is not saved yet.</summary>
    internal int? StreamId { get; private set; }

    internal StoredThroughput Throughput
    {
        get => new()
        {
            ReadCapacityUnits = ReadCapacityUnits,
            WriteCapacityUnits = WriteCapacityUnits,
            IncreasedAt = ThroughputIncreasedAt,
            DecreasedAt = ThroughputDecreasedAt,
            Decreases = ThroughputDecreases,
            WarmReadUnits = WarmReadUnits,
            WarmWriteUnits = WarmWriteUnits,
            MaxReadRequestUnits = MaxReadRequestUnits,
            MaxWriteRequestUnits = MaxWriteRequestUnits,
        };

        set
        {
            ReadCapacityUnits = value.ReadCapacityUnits;
            WriteCapacityUnits = value.WriteCapacityUnits;
            ThroughputIncreasedAt = value.IncreasedAt;
            ThroughputDecreasedAt = value.DecreasedAt;
            ThroughputDecreases = value.Decreases;
            WarmReadUnits = value.WarmReadUnits;
            WarmWriteUnits = value.WarmWriteUnits;
            MaxReadRequestUnits = value.MaxReadRequestUnits;
            MaxWriteRequestUnits = value.MaxWriteRequestUnits;
        }
    }

    /// <summary>Removes indexes, and the definitions of attributes that no key uses any more.</summary>
    internal void RemoveIndexes(IReadOnlyCollection<SecondaryIndex> indexes)
    {
        if (indexes.Count == 0)
        {
            return;
        }

        foreach (var index in indexes)
        {
            SecondaryIndexes.Remove(index);
        }

        var used = SecondaryIndexes.SelectMany(index => index.KeySchema).Concat(KeySchema)
            .Select(element => element.AttributeName).ToHashSet(StringComparer.Ordinal);
        AttributeDefinitions = [.. AttributeDefinitions.Where(definition => used.Contains(definition.AttributeName))];
    }

    /// <summary>Gives the table a stream, whose row <c>streams.add.sql</c> adds.</summary>
    internal void EnableStream(StreamViewType viewType, StreamStatus status, DateTimeOffset now)
    {
        (StreamViewType, StreamStatus) = (viewType, status);
        LatestStreamLabel = StreamLabel.After(LatestStreamLabel, now);
    }

    /// <summary>Takes the stream from the table; <c>streams.close.sql</c> changes its row.</summary>
    internal void DisableStream() => (StreamViewType, StreamStatus, StreamId) = (null, null, null);

    /// <summary>Changes the version, in the transaction that changes the definition.</summary>
    /// <remarks>
    /// The step is random: after a fail-over that lost the last changes, no process mistakes later changes for those it
    /// knows.
    /// </remarks>
    internal void ChangeVersion() => DefinitionVersion += Random.Shared.NextInt64(1, 1_000_000);

    internal long? ReadCapacityUnits { get; private set; }

    internal long? WriteCapacityUnits { get; private set; }

    internal DateTimeOffset? ThroughputIncreasedAt { get; private set; }

    internal DateTimeOffset? ThroughputDecreasedAt { get; private set; }

    internal int ThroughputDecreases { get; private set; }

    internal long? WarmReadUnits { get; private set; }

    internal long? WarmWriteUnits { get; private set; }

    internal long? MaxReadRequestUnits { get; private set; }

    internal long? MaxWriteRequestUnits { get; private set; }
}
