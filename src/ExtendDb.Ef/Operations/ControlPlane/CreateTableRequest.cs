using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to create a table with its indexes.</summary>
public sealed record CreateTableRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public CreateTableRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table: 3 to 255 characters of <c>a-z A-Z 0-9 _ . -</c>; or an ARN with that name.</param>
    /// <param name="keySchema">The primary key: a HASH attribute, and optionally a RANGE attribute.</param>
    /// <param name="attributeDefinitions">
    /// The types of all key attributes of the table and its indexes, and no others.
    /// </param>
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

    /// <summary>Gets the name of the table: 3 to 255 characters of <c>a-z A-Z 0-9 _ . -</c>; or an ARN with that name.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the primary key: a HASH attribute, and optionally a RANGE attribute.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the types of all key attributes of the table and its indexes, and no others.</summary>
    public required IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; init; }

    /// <summary>Gets the global indexes, at most 20.</summary>
    /// <value>The default is an empty list; null becomes an empty list.</value>
    public IReadOnlyList<GlobalSecondaryIndex> GlobalSecondaryIndexes { get; init => field = value ?? []; } = [];

    /// <summary>Gets the local indexes, at most 5; only a table with a RANGE key can have them.</summary>
    /// <value>The default is an empty list; null becomes an empty list.</value>
    public IReadOnlyList<LocalSecondaryIndex> LocalSecondaryIndexes { get; init => field = value ?? []; } = [];

    /// <summary>Gets the billing mode.</summary>
    /// <value>The default, null, is PROVISIONED when a capacity is given, otherwise PAY_PER_REQUEST.</value>
    public BillingMode? BillingMode { get; init; }

    /// <summary>Gets the capacity of a PROVISIONED table; null for a PAY_PER_REQUEST table.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets the most requests of a PAY_PER_REQUEST table; null for no maximum.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once; null for that of the capacity.</summary>
    public WarmThroughput? WarmThroughput { get; init; }

    /// <summary>Gets up to 50 tags with different keys; null for none.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Gets the table class; null for the default class, which DescribeTable does not report.</summary>
    public TableClass? TableClass { get; init; }

    /// <summary>Gets the stream of the table, which begins with the first change; null for none.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets the encryption at rest, which has no effect; null for none.</summary>
    public SSESpecification? SSESpecification { get; init; }

    /// <summary>Gets whether DeleteTable is refused for the table; the default is false.</summary>
    public bool DeletionProtectionEnabled { get; init; }

    internal BillingMode BillingModeOrDefault => BillingMode
        ?? (ProvisionedThroughput is null ? Model.BillingMode.PAY_PER_REQUEST : Model.BillingMode.PROVISIONED);
}
