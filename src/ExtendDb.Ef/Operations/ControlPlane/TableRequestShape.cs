using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>
/// Checks the shape of the members that CreateTable and UpdateTable share; each of them, and each element, may be null.
/// </summary>
internal static class TableRequestShape
{
    private const int MaxKeyElements = 2;
    private const int MaxGlobalKeyElements = 2 * Model.KeySchema.MaxAttributesOfPart;
    private const int MaxAttributeName = 255;
    private const int MaxNonKeyAttributes = 20;

    public static RequestValidator AttributeDefinitions(
        this RequestValidator validator, IReadOnlyList<AttributeDefinition?>? definitions)
    {
        foreach (var (definition, member) in Elements(definitions, "attributeDefinitions"))
        {
            validator.Required(definition, member);
            if (definition is not null)
            {
                validator.AttributeName(definition.AttributeName, member).OneOf<AttributeType>(
                    definition.AttributeType,
                    member + ".attributeType",
                    AttributeType.B,
                    AttributeType.N,
                    AttributeType.S);
            }
        }

        return validator;
    }

    public static RequestValidator BillingMode(this RequestValidator validator, BillingMode? mode) =>
        validator.OneOf(mode, "billingMode", Model.BillingMode.PROVISIONED, Model.BillingMode.PAY_PER_REQUEST);

    public static RequestValidator TableClass(this RequestValidator validator, TableClass? chosen) => validator.OneOf(
        chosen, "tableClass", Model.TableClass.STANDARD, Model.TableClass.STANDARD_INFREQUENT_ACCESS);

    public static RequestValidator Throughput(
        this RequestValidator validator, ProvisionedThroughput? throughput, string member = "provisionedThroughput") =>
        throughput is null
            ? validator
            : validator
                .Required(throughput.WriteCapacityUnits, member + ".writeCapacityUnits")
                .AtLeast(throughput.WriteCapacityUnits, 1, member + ".writeCapacityUnits")
                .Required(throughput.ReadCapacityUnits, member + ".readCapacityUnits")
                .AtLeast(throughput.ReadCapacityUnits, 1, member + ".readCapacityUnits");

    public static RequestValidator Stream(this RequestValidator validator, StreamSpecification? stream) => stream is null
        ? validator
        : validator
            .Required(stream.StreamEnabled, "streamSpecification.streamEnabled")
            .OneOf(
                stream.StreamViewType,
                "streamSpecification.streamViewType",
                StreamViewType.NEW_IMAGE,
                StreamViewType.OLD_IMAGE,
                StreamViewType.NEW_AND_OLD_IMAGES,
                StreamViewType.KEYS_ONLY);

    public static RequestValidator KeySchema(
        this RequestValidator validator,
        IReadOnlyList<KeySchemaElement?>? key,
        string member = "keySchema",
        int maxElements = MaxKeyElements)
    {
        validator.Required(key, member).Length(
            key?.Count, () => $"[{string.Join(", ", key!.Select(Show))}]", 1, maxElements, member);
        foreach (var (element, each) in Elements(key, member))
        {
            validator.Required(element, each);
            if (element is not null)
            {
                validator.AttributeName(element.AttributeName, each)
                    .OneOf<KeyType>(element.KeyType, each + ".keyType", KeyType.HASH, KeyType.RANGE);
            }
        }

        return validator;
    }

    public static RequestValidator LocalSecondaryIndexes(
        this RequestValidator validator, IReadOnlyList<LocalSecondaryIndex?> indexes)
    {
        foreach (var (index, member) in Elements(indexes, "localSecondaryIndexes"))
        {
            validator.Required(index, member);
            if (index is not null)
            {
                validator.Index(index.IndexName, index.KeySchema, index.Projection, member, MaxKeyElements);
            }
        }

        return validator;
    }

    public static RequestValidator GlobalSecondaryIndexes(
        this RequestValidator validator, IReadOnlyList<GlobalSecondaryIndex?> indexes)
    {
        foreach (var (index, member) in Elements(indexes, "globalSecondaryIndexes"))
        {
            validator.Required(index, member);
            if (index is not null)
            {
                validator.Index(index.IndexName, index.KeySchema, index.Projection, member, MaxGlobalKeyElements)
                    .Throughput(index.ProvisionedThroughput, member + ".provisionedThroughput");
            }
        }

        return validator;
    }

    public static RequestValidator GlobalSecondaryIndexUpdates(
        this RequestValidator validator, IReadOnlyList<GlobalSecondaryIndexUpdate?>? updates)
    {
        foreach (var (update, member) in Elements(updates, "globalSecondaryIndexUpdates"))
        {
            validator.Required(update, member);
            if (update?.Update is { } changed)
            {
                validator.RequiredIndexName(changed.IndexName, member + ".update")
                    .Throughput(changed.ProvisionedThroughput, member + ".update.provisionedThroughput");
            }

            if (update?.Create is { } created)
            {
                validator
                    .Index(
                        created.IndexName, created.KeySchema, created.Projection, member + ".create", MaxGlobalKeyElements)
                    .Throughput(created.ProvisionedThroughput, member + ".create.provisionedThroughput");
            }

            if (update?.Delete is { } deleted)
            {
                validator.RequiredIndexName(deleted.IndexName, member + ".delete");
            }
        }

        return validator;
    }

    private static RequestValidator Index(
        this RequestValidator validator,
        string? name,
        IReadOnlyList<KeySchemaElement?>? key,
        Projection? projection,
        string member,
        int maxKeyElements)
    {
        validator.Required(projection, member + ".projection");
        if (projection is not null)
        {
            var type = member + ".projection.projectionType";
            var others = member + ".projection.nonKeyAttributes";
            IReadOnlyList<string?> names = projection.NonKeyAttributes;
            validator.OneOf<ProjectionType>(
                projection.ProjectionType == default ? null : projection.ProjectionType,
                type,
                ProjectionType.ALL,
                ProjectionType.INCLUDE,
                ProjectionType.KEYS_ONLY);
            validator.Length(names.Count, () => $"[{string.Join(", ", names)}]", 0, MaxNonKeyAttributes, others);
            foreach (var (other, each) in Elements(names, others))
            {
                validator.Required(other, each).Length(other?.Length, () => other!, 1, MaxAttributeName, each);
            }
        }

        return validator.RequiredIndexName(name, member).KeySchema(key, member + ".keySchema", maxKeyElements);
    }

    private static RequestValidator RequiredIndexName(this RequestValidator validator, string? name, string member) =>
        validator.Required(name, member + ".indexName").IndexName(name, member + ".indexName");

    private static RequestValidator AttributeName(this RequestValidator validator, string? name, string member) => validator
        .Required(name, member + ".attributeName")
        .Length(name?.Length, () => name!, 1, MaxAttributeName, member + ".attributeName");

    private static IEnumerable<(T? Element, string Member)> Elements<T>(IReadOnlyList<T?>? list, string member)
        where T : class =>
        (list ?? []).Select((element, i) => (element, $"{member}.{i + 1}.member"));

    private static string Show(KeySchemaElement? element) =>
        element is null ? "null" : $"KeySchemaElement(attributeName={element.AttributeName}, keyType={element.KeyType})";
}
