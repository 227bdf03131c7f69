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

    /// <summary>Gets or sets the state.</summary>
    public required TableStatus Status { get; set; }

    /// <summary>Gets the attributes of the primary key, HASH first.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the types of all attributes that a key of the table or of one of its indexes uses.</summary>
    public required IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; init; }

    /// <summary>Gets whether DeleteTable is refused.</summary>
    public bool DeletionProtectionEnabled { get; init; }

    /// <summary>Gets when the table was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the indexes of the table.</summary>
    public ICollection<SecondaryIndex> SecondaryIndexes { get; } = [];
}
