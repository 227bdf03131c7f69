using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Changes of a table.</summary>
/// <remarks>Capacity, billing mode and changes of indexes can come together; every other change comes alone.</remarks>
public sealed record UpdateTableRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public UpdateTableRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    [SetsRequiredMembers]
    public UpdateTableRequest(string tableName)
    {
        TableName = tableName;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the types of the attributes in the key of an index that is created; others count for nothing.</summary>
    public IReadOnlyList<AttributeDefinition>? AttributeDefinitions { get; init; }

    /// <summary>Gets how capacity is to be paid for; null leaves it.</summary>
    public BillingMode? BillingMode { get; init; }

    /// <summary>Gets the capacity of a PROVISIONED table; null leaves it.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets whether DeleteTable is to be refused; null leaves it.</summary>
    public bool? DeletionProtectionEnabled { get; init; }

    /// <summary>Gets the changes of global indexes, one an index; null for none.</summary>
    public IReadOnlyList<GlobalSecondaryIndexUpdate>? GlobalSecondaryIndexUpdates { get; init; }

    /// <summary>Gets the class; null leaves it.</summary>
    public TableClass? TableClass { get; init; }

    /// <summary>Gets whether the table is to have a stream, which is refused; null for nothing.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets how the table is to be encrypted, which has no effect; null for nothing.</summary>
    public SSESpecification? SSESpecification { get; init; }
}
