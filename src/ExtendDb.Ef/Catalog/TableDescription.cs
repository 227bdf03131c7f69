using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Catalog;

/// <summary>What DescribeTable says of a table.</summary>
/// <param name="TableName">The name.</param>
/// <param name="TableId">DynamoDB's TableId.</param>
/// <param name="TableStatus">The state.</param>
/// <param name="CreationDateTime">When the table was created.</param>
/// <param name="KeySchema">The primary key.</param>
/// <param name="AttributeDefinitions">The types of all attributes that a key uses, by name.</param>
/// <param name="GlobalSecondaryIndexes">The global indexes, by name.</param>
/// <param name="LocalSecondaryIndexes">The local indexes, by name.</param>
/// <param name="DeletionProtectionEnabled">Whether DeleteTable is refused.</param>
public sealed record TableDescription(
    string TableName,
    Guid TableId,
    TableStatus TableStatus,
    DateTimeOffset CreationDateTime,
    IReadOnlyList<KeySchemaElement> KeySchema,
    IReadOnlyList<AttributeDefinition> AttributeDefinitions,
    IReadOnlyList<IndexDescription> GlobalSecondaryIndexes,
    IReadOnlyList<IndexDescription> LocalSecondaryIndexes,
    bool DeletionProtectionEnabled)
{
    internal static TableDescription Of(TableDefinition table) => new(
        table.Name,
        table.TableId,
        table.Status,
        table.CreatedAt,
        Elements(table.KeySchema),
        [
            .. table.Indexes.SelectMany(i => i.KeySchema.Attributes).Concat(table.KeySchema.Attributes).Distinct()
                .OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => new AttributeDefinition(a.Name, a.Type)),
        ],
        Indexes(table, IndexKind.GLOBAL),
        Indexes(table, IndexKind.LOCAL),
        table.DeletionProtectionEnabled);

    private static List<IndexDescription> Indexes(TableDefinition table, IndexKind kind) =>
    [
        .. table.Indexes.Where(i => i.Kind == kind).Select(i => new IndexDescription(
            i.Name, Elements(i.KeySchema), i.Projection, i.Status,
            kind == IndexKind.GLOBAL ? i.PropagationDelay : null)),
    ];

    private static IReadOnlyList<KeySchemaElement> Elements(KeySchema key) => key.Range is null
        ? [new(key.Hash.Name, KeyType.HASH)]
        : [new(key.Hash.Name, KeyType.HASH), new(key.Range.Name, KeyType.RANGE)];
}
