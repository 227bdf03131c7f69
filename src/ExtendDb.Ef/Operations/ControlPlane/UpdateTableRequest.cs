using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to change the settings or the global indexes of a table.</summary>
/// <remarks>
/// The billing mode, the capacity and global indexes can be changed in one request, but a capacity of the table excludes
/// the creation and deletion of indexes. Maxima go with the billing mode and with changes of existing indexes, warm
/// throughput with changes of existing indexes. A request with another change must have no further change.
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

    /// <summary>
    /// Gets the types of the key attributes of a new index; other attributes are ignored. Null for none.
    /// </summary>
    public IReadOnlyList<AttributeDefinition>? AttributeDefinitions { get; init; }

    /// <summary>Gets the new billing mode; null leaves it unchanged.</summary>
    public BillingMode? BillingMode { get; init; }

    /// <summary>Gets the new capacity of a PROVISIONED table; null leaves it unchanged.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets the most requests of a PAY_PER_REQUEST table; null leaves them, as null does of each.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once, not lower than at present; null leaves it.</summary>
    public WarmThroughput? WarmThroughput { get; init; }

    /// <summary>Gets whether DeleteTable is refused for the table; null leaves the setting unchanged.</summary>
    public bool? DeletionProtectionEnabled { get; init; }

    /// <summary>Gets the changes of global indexes, at most one for each index; null for none.</summary>
    public IReadOnlyList<GlobalSecondaryIndexUpdate>? GlobalSecondaryIndexUpdates { get; init; }

    /// <summary>Gets the new table class; null leaves it unchanged.</summary>
    public TableClass? TableClass { get; init; }

    /// <summary>Gets whether the table is to have a stream, which must differ from what it has; null leaves it.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets the encryption at rest, which has no effect; null for none.</summary>
    public SSESpecification? SSESpecification { get; init; }

    /// <summary>Gets whether the request changes nothing but maxima and warm throughput, which the table never waits for.</summary>
    internal bool IsOnlyOfDemand => BillingMode is null && ProvisionedThroughput is null
        && (GlobalSecondaryIndexUpdates ?? []).All(u => u.Update is { IsOfCapacity: false, PropagationDelay: null })
        && (OnDemandThroughput is not null || WarmThroughput is not null || GlobalSecondaryIndexUpdates is { Count: > 0 });
}
