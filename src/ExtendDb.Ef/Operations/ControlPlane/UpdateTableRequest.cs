using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Changes of a table.</summary>
/// <remarks>
/// Capacity, billing mode and changes of indexes can come together, as can maxima with the billing mode and changes of
/// existing indexes, and warm throughput with changes of existing indexes; every other change comes alone.
/// </remarks>
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

    /// <summary>Gets the most requests of a PAY_PER_REQUEST table; null leaves them, as null does of each.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once, not lower than at present; null leaves it.</summary>
    public WarmThroughput? WarmThroughput { get; init; }

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

    /// <summary>Gets whether the request changes nothing but maxima and warm throughput, which the table never waits for.</summary>
    internal bool IsOnlyOfDemand => BillingMode is null && ProvisionedThroughput is null
        && (GlobalSecondaryIndexUpdates ?? []).All(u => u.Update is { IsOfCapacity: false, PropagationDelay: null })
        && (OnDemandThroughput is not null || WarmThroughput is not null || GlobalSecondaryIndexUpdates is { Count: > 0 });
}
