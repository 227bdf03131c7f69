using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Model;

/// <summary>The definition, state and size of a table. Source: DynamoDB API, TableDescription.</summary>
public sealed record TableDescription
{
    /// <summary>Gets the name.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the unique id, which no other table of this name has had.</summary>
    public required Guid TableId { get; init; }

    /// <summary>Gets the ARN, which the operations on tags take.</summary>
    public required string TableArn { get; init; }

    /// <summary>Gets the state.</summary>
    public required TableStatus TableStatus { get; init; }

    /// <summary>Gets the time at which the table was created; null in the response of DeleteTable.</summary>
    public required DateTimeOffset? CreationDateTime { get; init; }

    /// <summary>Gets the primary key; empty in the response of DeleteTable.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>
    /// Gets the types of all attributes that a key uses, by name; empty in the response of DeleteTable.
    /// </summary>
    public required IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; init; }

    /// <summary>Gets the provisioned capacity.</summary>
    public required ProvisionedThroughputDescription ProvisionedThroughput { get; init; }

    /// <summary>Gets the most requests of a PAY_PER_REQUEST table; null when there is no maximum.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once.</summary>
    public required TableWarmThroughputDescription WarmThroughput { get; init; }

    /// <summary>Gets the billing mode; null for a table that was always PROVISIONED.</summary>
    public BillingModeSummary? BillingModeSummary { get; init; }

    /// <summary>Gets the size of all items in bytes; an estimate above 10,000 items.</summary>
    public long TableSizeBytes { get; init; }

    /// <summary>Gets the number of items; an estimate above 10,000.</summary>
    public long ItemCount { get; init; }

    /// <summary>Gets the global indexes, by name; empty when there are none, and in the response of DeleteTable.</summary>
    public IReadOnlyList<IndexDescription> GlobalSecondaryIndexes { get; init; } = [];

    /// <summary>Gets the local indexes, by name; empty when there are none, and in the response of DeleteTable.</summary>
    public IReadOnlyList<IndexDescription> LocalSecondaryIndexes { get; init; } = [];

    /// <summary>Gets whether DeleteTable refuses to delete the table.</summary>
    public required bool DeletionProtectionEnabled { get; init; }

    /// <summary>Gets the class of the table; null when none was chosen.</summary>
    public TableClassSummary? TableClassSummary { get; init; }

    /// <summary>Gets the stream that the table has; null when it has none.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets the label of the stream that the table has, or last had; null when it never had one.</summary>
    public string? LatestStreamLabel { get; init; }

    /// <summary>Gets the ARN of the stream that the table has, or last had; null when it never had one.</summary>
    public string? LatestStreamArn { get; init; }

    /// <summary>Describes a table, without sizes.</summary>
    /// <param name="table">The row of the table with the rows of its indexes.</param>
    /// <param name="options">The region and the account of its ARN, and the delay of an index that has none of its own.</param>
    /// <param name="now">The time by the database's clock, which decides which decreases happened today.</param>
    internal static TableDescription Of(Table table, ExtendDbOptions options, DateTimeOffset now) => new()
    {
        TableName = table.Name,
        TableId = table.TableId,
        TableArn = Storage.Definitions.TableArn.Of(options, table.Name),
        TableStatus = StatusOf(table),
        CreationDateTime = table.CreatedAt,
        KeySchema = table.KeySchema,
        AttributeDefinitions = [.. table.AttributeDefinitions.OrderBy(d => d.AttributeName, StringComparer.Ordinal)],
        ProvisionedThroughput = table.Throughput.Describe(now),
        OnDemandThroughput = table.Throughput.OnDemand,
        WarmThroughput = new(table.Throughput.WarmReads, table.Throughput.WarmWrites, TableStatus.ACTIVE),
        BillingModeSummary = table.BillingMode == BillingMode.PROVISIONED && table.BillingChangedAt is null
            ? null
            : new(table.BillingMode, table.BillingChangedAt ?? table.CreatedAt),
        GlobalSecondaryIndexes = Indexes(table, IndexKind.GLOBAL, options, now),
        LocalSecondaryIndexes = Indexes(table, IndexKind.LOCAL, options, now),
        DeletionProtectionEnabled = table.DeletionProtectionEnabled,
        StreamSpecification = table.StreamViewType is { } viewType ? new(true, viewType) : null,
        LatestStreamLabel = table.LatestStreamLabel,
        LatestStreamArn = table.LatestStreamLabel is { } label ? StreamArn.Of(options, table.Name, label) : null,
        TableClassSummary = table.TableClass is { } chosen ? new(chosen, table.TableClassChangedAt) : null,
    };

    private static TableStatus StatusOf(Table table) =>
        table.StreamStatus == StreamStatus.ENABLING
            || table.SecondaryIndexes.Any(i => i.Kind == IndexKind.GLOBAL && i.Status != IndexStatus.ACTIVE)
            ? TableStatus.UPDATING
            : TableStatus.ACTIVE;

    private static List<IndexDescription> Indexes(
        Table table, IndexKind kind, ExtendDbOptions options, DateTimeOffset now) =>
    [
        .. table.SecondaryIndexes.Where(i => i.Kind == kind).OrderBy(i => i.Name, StringComparer.Ordinal)
            .Select(i => IndexDescription.Of(table.Name, i, options, now)),
    ];
}
