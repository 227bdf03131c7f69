using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A table to be created.</summary>
public sealed record CreateTableRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public CreateTableRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>, or an ARN with this name.</param>
    /// <param name="keySchema">The primary key: HASH, and perhaps RANGE.</param>
    /// <param name="attributeDefinitions">The types of exactly the attributes that its key and its indexes' keys use.</param>
    [SetsRequiredMembers]
    public CreateTableRequest(
        string tableName,
        IReadOnlyList<KeySchemaElement> keySchema,
        IReadOnlyList<AttributeDefinition> attributeDefinitions)
    {
        TableName = tableName;
        KeySchema = keySchema;
        AttributeDefinitions = attributeDefinitions;
    }

    /// <summary>Gets the name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>, or an ARN with this name.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the primary key: HASH, and perhaps RANGE.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the types of exactly the attributes that its key and its indexes' keys use.</summary>
    public required IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; init; }

    /// <summary>Gets the global indexes; at most 20.</summary>
    /// <value>Null becomes empty.</value>
    public IReadOnlyList<GlobalSecondaryIndex> GlobalSecondaryIndexes { get; init => field = value ?? []; } = [];

    /// <summary>Gets the local indexes; at most 5, and only with a RANGE key.</summary>
    /// <value>Null becomes empty.</value>
    public IReadOnlyList<LocalSecondaryIndex> LocalSecondaryIndexes { get; init => field = value ?? []; } = [];

    /// <summary>Gets how capacity is paid for.</summary>
    /// <value>Null is PROVISIONED when a capacity is given, otherwise PAY_PER_REQUEST.</value>
    public BillingMode? BillingMode { get; init; }

    /// <summary>Gets the capacity of a PROVISIONED table; null for none.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets the most requests of a PAY_PER_REQUEST table; null for no maximum.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once; null for that of the capacity.</summary>
    public WarmThroughput? WarmThroughput { get; init; }

    /// <summary>Gets the tags, at most 50 of different keys; null for none.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Gets the class; null for none.</summary>
    public TableClass? TableClass { get; init; }

    /// <summary>Gets whether the table has a stream, which is refused; null for no.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets how the table is encrypted, which has no effect; null for nothing.</summary>
    public SSESpecification? SSESpecification { get; init; }

    /// <summary>Gets whether DeleteTable is refused.</summary>
    public bool DeletionProtectionEnabled { get; init; }

    internal BillingMode BillingModeOrDefault => BillingMode
        ?? (ProvisionedThroughput is null ? Model.BillingMode.PAY_PER_REQUEST : Model.BillingMode.PROVISIONED);
}
