using ExtendDb.Ef.Catalog;

namespace ExtendDb.Ef.Entities;

/// <summary>A row of <c>tables</c>: the definition of one table.</summary>
public sealed class Table
{
    /// <summary>Gets the number that rows of this table carry; never used again.</summary>
    public int Id { get; private set; }

    /// <summary>Gets the name, unique in the database.</summary>
    public required string Name { get; init; }

    /// <summary>Gets DynamoDB's TableId.</summary>
    public required Guid TableId { get; init; }

    /// <summary>Gets or sets the state: ACTIVE or DELETING, the others are worked out.</summary>
    public required TableStatus Status { get; set; }

    /// <summary>Gets the attributes of the primary key, HASH first.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets or sets the types of all attributes that a key of the table or of one of its indexes uses.</summary>
    public required IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; set; }

    /// <summary>Gets or sets whether DeleteTable is refused.</summary>
    public bool DeletionProtectionEnabled { get; set; }

    /// <summary>Gets when the table was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets or sets how capacity is paid for.</summary>
    public required BillingMode BillingMode { get; set; }

    /// <summary>Gets or sets when the table last became PAY_PER_REQUEST; null when never, or since it was created.</summary>
    public DateTimeOffset? BillingChangedAt { get; set; }

    /// <summary>Gets or sets the capacity.</summary>
    public StoredThroughput Throughput { get; set; } = new();

    /// <summary>Gets or sets the class; null when none was chosen.</summary>
    public TableClass? TableClass { get; set; }

    /// <summary>Gets or sets when UpdateTable changed the class; null when never.</summary>
    public DateTimeOffset? TableClassChangedAt { get; set; }

    /// <summary>Gets or sets the tags, by key.</summary>
    public IReadOnlyList<Tag> Tags { get; set; } = [];

    /// <summary>Gets or sets the attribute that says when an item expires, as it stands in documents; null for none.</summary>
    public string? TtlAttribute { get; set; }

    /// <summary>
    /// Gets or sets when expired items were last looked for, and later than that after a long look; null when never.
    /// </summary>
    public DateTimeOffset? TtlSweptAt { get; set; }

    /// <summary>Gets the indexes of the table.</summary>
    public ICollection<SecondaryIndex> SecondaryIndexes { get; } = [];
}
