namespace ExtendDb.Ef.Model;

/// <summary>A table to be created.</summary>
/// <param name="TableName">Its name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">Its primary key: HASH, and perhaps RANGE.</param>
/// <param name="AttributeDefinitions">The types of exactly the attributes that its key and its indexes' keys use.</param>
public sealed record CreateTableRequest(
    string TableName,
    IReadOnlyList<KeySchemaElement> KeySchema,
    IReadOnlyList<AttributeDefinition> AttributeDefinitions)
{
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
