using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Checks the shape of the members that CreateTable and UpdateTable share; any of them, and any element, may be null.</summary>
internal static class TableShape
{
    private const int MaxKeyElements = 2;
    private const int MaxAttributeName = 255;
    private const int MaxNonKeyAttributes = 20;

    public static RequestShape AttributeDefinitions(
        this RequestShape shape, IReadOnlyList<AttributeDefinition?>? definitions)
    {
        foreach (var (definition, member) in Elements(definitions, "attributeDefinitions"))
        {
            shape.Required(definition, member);
            if (definition is not null)
            {
                shape.AttributeName(definition.AttributeName, member).OneOf<AttributeType>(
                    definition.AttributeType,
                    member + ".attributeType",
                    AttributeType.B,
                    AttributeType.N,
                    AttributeType.S);
            }
        }

        return shape;
    }

    public static RequestShape BillingMode(this RequestShape shape, BillingMode? mode) =>
        shape.OneOf(mode, "billingMode", Catalog.BillingMode.PROVISIONED, Catalog.BillingMode.PAY_PER_REQUEST);

    public static RequestShape TableClass(this RequestShape shape, TableClass? chosen) => shape.OneOf(
        chosen, "tableClass", Catalog.TableClass.STANDARD, Catalog.TableClass.STANDARD_INFREQUENT_ACCESS);

    public static RequestShape Throughput(
        this RequestShape shape, ProvisionedThroughput? throughput, string member = "provisionedThroughput") =>
        throughput is null
            ? shape
            : shape
                .Required(throughput.WriteCapacityUnits, member + ".writeCapacityUnits")
                .AtLeast(throughput.WriteCapacityUnits, 1, member + ".writeCapacityUnits")
                .Required(throughput.ReadCapacityUnits, member + ".readCapacityUnits")
                .AtLeast(throughput.ReadCapacityUnits, 1, member + ".readCapacityUnits");

    public static RequestShape Stream(this RequestShape shape, StreamSpecification? stream) => stream is null
        ? shape
        : shape.Required(stream.StreamEnabled, "streamSpecification.streamEnabled");

    public static RequestShape KeySchema(
        this RequestShape shape, IReadOnlyList<KeySchemaElement?>? key, string member = "keySchema")
    {
        shape.Required(key, member).Length(
            key?.Count, () => $"[{string.Join(", ", key!.Select(Show))}]", 1, MaxKeyElements, member);
        foreach (var (element, each) in Elements(key, member))
        {
            shape.Required(element, each);
            if (element is not null)
            {
                shape.AttributeName(element.AttributeName, each)
                    .OneOf<KeyType>(element.KeyType, each + ".keyType", KeyType.HASH, KeyType.RANGE);
            }
        }

        return shape;
    }

    public static RequestShape LocalSecondaryIndexes(
        this RequestShape shape, IReadOnlyList<LocalSecondaryIndex?> indexes)
    {
        foreach (var (index, member) in Elements(indexes, "localSecondaryIndexes"))
        {
            shape.Required(index, member);
            if (index is not null)
            {
                shape.Index(index.IndexName, index.KeySchema, index.Projection, member);
            }
        }

        return shape;
    }

    public static RequestShape GlobalSecondaryIndexes(
        this RequestShape shape, IReadOnlyList<GlobalSecondaryIndex?> indexes)
    {
        foreach (var (index, member) in Elements(indexes, "globalSecondaryIndexes"))
        {
            shape.Required(index, member);
            if (index is not null)
            {
                shape.Index(index.IndexName, index.KeySchema, index.Projection, member)
                    .Throughput(index.ProvisionedThroughput, member + ".provisionedThroughput");
            }
        }

        return shape;
    }

    public static RequestShape GlobalSecondaryIndexUpdates(
        this RequestShape shape, IReadOnlyList<GlobalSecondaryIndexUpdate?>? updates)
    {
        foreach (var (update, member) in Elements(updates, "globalSecondaryIndexUpdates"))
        {
            shape.Required(update, member);
            if (update?.Update is { } changed)
            {
                shape.RequiredIndexName(changed.IndexName, member + ".update")
                    .Throughput(changed.ProvisionedThroughput, member + ".update.provisionedThroughput");
            }

            if (update?.Create is { } created)
            {
                shape.Index(created.IndexName, created.KeySchema, created.Projection, member + ".create")
                    .Throughput(created.ProvisionedThroughput, member + ".create.provisionedThroughput");
            }

            if (update?.Delete is { } deleted)
            {
                shape.RequiredIndexName(deleted.IndexName, member + ".delete");
            }
        }

        return shape;
    }

    private static RequestShape Index(
        this RequestShape shape,
        string? name,
        IReadOnlyList<KeySchemaElement?>? key,
        Projection? projection,
        string member)
    {
        shape.Required(projection, member + ".projection");
        if (projection is not null)
        {
            var type = member + ".projection.projectionType";
            var others = member + ".projection.nonKeyAttributes";
            IReadOnlyList<string?> names = projection.NonKeyAttributes;
            shape.OneOf<ProjectionType>(
                projection.ProjectionType == default ? null : projection.ProjectionType,
                type,
                ProjectionType.ALL,
                ProjectionType.INCLUDE,
                ProjectionType.KEYS_ONLY);
            shape.Length(names.Count, () => $"[{string.Join(", ", names)}]", 0, MaxNonKeyAttributes, others);
            foreach (var (other, each) in Elements(names, others))
            {
                shape.Required(other, each).Length(other?.Length, () => other!, 1, MaxAttributeName, each);
            }
        }

        return shape.RequiredIndexName(name, member).KeySchema(key, member + ".keySchema");
    }

    private static RequestShape RequiredIndexName(this RequestShape shape, string? name, string member) =>
        shape.Required(name, member + ".indexName").IndexName(name, member + ".indexName");

    private static RequestShape AttributeName(this RequestShape shape, string? name, string member) => shape
        .Required(name, member + ".attributeName")
        .Length(name?.Length, () => name!, 1, MaxAttributeName, member + ".attributeName");

    private static IEnumerable<(T? Element, string Member)> Elements<T>(IReadOnlyList<T?>? list, string member)
        where T : class =>
        (list ?? []).Select((element, i) => (element, $"{member}.{i + 1}.member"));

    private static string Show(KeySchemaElement? element) =>
        element is null ? "null" : $"KeySchemaElement(attributeName={element.AttributeName}, keyType={element.KeyType})";
}
