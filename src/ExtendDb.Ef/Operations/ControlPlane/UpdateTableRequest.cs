using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to change the settings or the global indexes of a table.</summary>
/// <remarks>
/// The billing mode, the capacity and global indexes can be changed in one request, but a capacity of the table
/// excludes the creation and deletion of indexes. A request with another change must have no further change.
/// </remarks>
public sealed record UpdateTableRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public UpdateTableRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table.</param>
    [SetsRequiredMembers]
    public UpdateTableRequest(string tableName)
    {
        TableName = tableName;
    }

    /// <summary>Gets the name of the table.</summary>
    public required string TableName { get; init; }

    /// <summary>
    /// Gets the types of the key attributes of a new index; other attributes are ignored. Null for none.
    /// </summary>
    public IReadOnlyList<AttributeDefinition>? AttributeDefinitions { get; init; }

    /// <summary>Gets the new billing mode; null leaves it unchanged.</summary>
    public BillingMode? BillingMode { get; init; }

    /// <summary>Gets the new capacity of a PROVISIONED table; null leaves it unchanged.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets whether DeleteTable is refused for the table; null leaves the setting unchanged.</summary>
    public bool? DeletionProtectionEnabled { get; init; }

    /// <summary>Gets the changes of global indexes, at most one for each index; null for none.</summary>
    public IReadOnlyList<GlobalSecondaryIndexUpdate>? GlobalSecondaryIndexUpdates { get; init; }

    /// <summary>Gets the new table class; null leaves it unchanged.</summary>
    public TableClass? TableClass { get; init; }

    /// <summary>Gets the stream, which is refused because streams are not supported; null for none.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets the encryption at rest, which has no effect; null for none.</summary>
    public SSESpecification? SSESpecification { get; init; }
}
