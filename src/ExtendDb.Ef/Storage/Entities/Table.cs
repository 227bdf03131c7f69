using ExtendDb.Ef.Storage.Entities;

namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>tables</c>: the definition of one table.</summary>
public class Table
{
    /// <summary>Gets the number that rows of this table carry; never used again.</summary>
    public int Id { get; private set; }

    /// <summary>Gets the name, unique in the database.</summary>
    public required string Name { get; init; }

    /// <summary>Gets DynamoDB's TableId.</summary>
    public required Guid TableId { get; init; }

    /// <summary>Gets the state: ACTIVE or DELETING, the others are worked out.</summary>
    public TableStatus Status { get; internal set; }

    /// <summary>Gets the attributes of the primary key, HASH first.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the types of all attributes that a key of the table or of one of its indexes uses.</summary>
    public IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; internal set; } = [];

    /// <summary>Gets whether DeleteTable is refused.</summary>
    public bool DeletionProtectionEnabled { get; internal set; }

    /// <summary>Gets when the table was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets how capacity is paid for.</summary>
    public BillingMode BillingMode { get; internal set; }

    /// <summary>Gets when the table last became PAY_PER_REQUEST; null when never, or since it was created.</summary>
    public DateTimeOffset? BillingChangedAt { get; internal set; }

    /// <summary>Gets the class; null when none was chosen.</summary>
    public TableClass? TableClass { get; internal set; }

    /// <summary>Gets when UpdateTable changed the class; null when never.</summary>
    public DateTimeOffset? TableClassChangedAt { get; internal set; }

    /// <summary>Gets the tags, by key.</summary>
    public IReadOnlyList<Tag> Tags { get; internal set; } = [];

    /// <summary>Gets the attribute that says when an item expires, as it stands in documents; null for none.</summary>
    public string? TtlAttribute { get; internal set; }

    /// <summary>
    /// Gets when expired items were last looked for, and later than that after a long look; null when never.
    /// </summary>
    public DateTimeOffset? TtlSweptAt { get; internal set; }

    /// <summary>Gets the indexes of the table.</summary>
    public virtual ICollection<SecondaryIndex> SecondaryIndexes { get; } = [];

    internal StoredThroughput Throughput
    {
        get => new()
        {
            ReadCapacityUnits = ReadCapacityUnits,
            WriteCapacityUnits = WriteCapacityUnits,
            IncreasedAt = ThroughputIncreasedAt,
            DecreasedAt = ThroughputDecreasedAt,
            Decreases = ThroughputDecreases,
        };

        set
        {
            ReadCapacityUnits = value.ReadCapacityUnits;
            WriteCapacityUnits = value.WriteCapacityUnits;
            ThroughputIncreasedAt = value.IncreasedAt;
            ThroughputDecreasedAt = value.DecreasedAt;
            ThroughputDecreases = value.Decreases;
        }
    }

    internal long? ReadCapacityUnits { get; private set; }

    internal long? WriteCapacityUnits { get; private set; }

    internal DateTimeOffset? ThroughputIncreasedAt { get; private set; }

    internal DateTimeOffset? ThroughputDecreasedAt { get; private set; }

    internal int ThroughputDecreases { get; private set; }
}
