using ExtendDb.Ef.Storage.Entities;

namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>secondary_indexes</c>: the definition of one global or local index.</summary>
public class SecondaryIndex
{
    /// <summary>Gets the id of the index, which its entries and markers carry; never used again.</summary>
    public int Id { get; private set; }

    /// <summary>Gets the id of the table.</summary>
    public int TableId { get; private set; }

    /// <summary>Gets the name, unique in the table.</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether the index is global or local.</summary>
    public required IndexKind Kind { get; init; }

    /// <summary>Gets the attributes of the index's key, HASH first.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets which attributes of an item the entry holds.</summary>
    public required ProjectionType ProjectionType { get; init; }

    /// <summary>Gets the further attributes of an INCLUDE projection; empty otherwise.</summary>
    public required string[] NonKeyAttributes { get; init; }

    /// <summary>Gets the state.</summary>
    public IndexStatus Status { get; internal set; }

    /// <summary>Gets the delay before a change of an item is applied, in ms; null for the default delay.</summary>
    public int? PropagationDelayMs { get; internal set; }

    /// <summary>
    /// Gets or sets the time of the last delay change while markers with the old delay may still wait; otherwise null.
    /// </summary>
    public DateTimeOffset? DelayChangedAt { get; set; }

    /// <summary>Gets the time at which the definition was inserted, by the database's clock.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Gets or sets the phase of the backfill; NONE unless the index is CREATING.</summary>
    public BackfillPhase BackfillPhase { get; set; }

    /// <summary>Gets or sets the partition hash of the first key that a WALKING backfill has not passed.</summary>
    public Guid? BackfillHash { get; set; }

    /// <summary>Gets or sets the sort key of the first key that a WALKING backfill has not passed.</summary>
    public byte[]? BackfillSort { get; set; }

    /// <summary>Gets or sets the due time of the newest marker that a WALKING or DRAINING backfill has enqueued.</summary>
    public DateTimeOffset? BackfilledAt { get; set; }

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
