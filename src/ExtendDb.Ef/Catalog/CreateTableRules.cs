using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>What DynamoDB demands of a table's definition. Source: DynamoDB API, CreateTable; service quotas.</summary>
internal static class CreateTableRules
{
    public const int MaxGlobalIndexes = 20;
    public const int MaxLocalIndexes = 5;
    public const int MaxNonKeyAttributes = 20;
    public const int MaxNonKeyAttributesOfTable = 100;

    public static void Check(CreateTableRequest request)
    {
        new RequestShape().TableName(request.TableName).ThrowIfBroken();
        CheckDefinitions(request.AttributeDefinitions);
        CheckKey(request.KeySchema, request.AttributeDefinitions, "the table");
        CheckIndexes(request);

        var used = request.KeySchema
            .Concat(request.GlobalSecondaryIndexes.SelectMany(i => i.KeySchema))
            .Concat(request.LocalSecondaryIndexes.SelectMany(i => i.KeySchema))
            .Select(e => e.AttributeName).ToHashSet(StringComparer.Ordinal);
        if (used.Count != request.AttributeDefinitions.Count)
        {
            throw ValidationException.InvalidParameter(
                "Some AttributeDefinitions are not used. AttributeDefinitions: "
                + $"{Show(request.AttributeDefinitions.Select(d => d.AttributeName))}, keys used: {Show(used)}");
        }
    }

    private static void CheckDefinitions(IReadOnlyList<AttributeDefinition> definitions)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            new RequestShape()
                .Length(
                    definition.AttributeName.Length,
                    () => definition.AttributeName,
                    1,
                    255,
                    "attributeDefinitions.member.attributeName")
                .OneOf<AttributeType>(
                    definition.AttributeType,
                    "attributeDefinitions.member.attributeType",
                    AttributeType.B,
                    AttributeType.N,
                    AttributeType.S)
                .ThrowIfBroken();
            CheckAttributeName(definition.AttributeName);
            if (!names.Add(definition.AttributeName))
            {
                throw ValidationException.InvalidParameter(
                    $"Duplicate AttributeName in AttributeDefinitions: {definition.AttributeName}");
            }
        }
    }

    private static void CheckKey(
        IReadOnlyList<KeySchemaElement> key, IReadOnlyList<AttributeDefinition> definitions, string where)
    {
        if (key.Count is < 1 or > 2
            || key[0].KeyType != KeyType.HASH
            || (key.Count == 2 && key[1].KeyType != KeyType.RANGE))
        {
            throw ValidationException.InvalidParameter(
                $"Invalid KeySchema of {where}: it has one HASH element first, and at most one RANGE element after it");
        }

        if (key.Count == 2 && key[0].AttributeName == key[1].AttributeName)
        {
            throw ValidationException.InvalidParameter(
                $"Invalid KeySchema of {where}: both the Hash Key and the Range Key have the same name {key[0].AttributeName}");
        }

        foreach (var element in key)
        {
            if (definitions.All(d => d.AttributeName != element.AttributeName))
            {
                throw ValidationException.InvalidParameter(
                    "Some index key attributes are not defined in AttributeDefinitions. "
                    + $"Keys of {where}: {Show(key.Select(e => e.AttributeName))}, "
                    + $"AttributeDefinitions: {Show(definitions.Select(d => d.AttributeName))}");
            }
        }
    }

    private static void CheckIndexes(CreateTableRequest request)
    {
        if (request.GlobalSecondaryIndexes.Count > MaxGlobalIndexes)
        {
            throw ValidationException.InvalidParameter(
                $"GlobalSecondaryIndex count exceeds the per-table limit of {MaxGlobalIndexes}");
        }

        if (request.LocalSecondaryIndexes.Count > MaxLocalIndexes)
        {
            throw ValidationException.InvalidParameter(
                $"Number of LocalSecondaryIndexes exceeds per-table limit of {MaxLocalIndexes}");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in request.GlobalSecondaryIndexes)
        {
            CheckIndex(index.IndexName, index.KeySchema, index.Projection, request, names);
            if (index.PropagationDelay is { } delay
                && (delay < TimeSpan.Zero || delay > TimeSpan.FromDays(1)
                    || delay.Ticks % TimeSpan.TicksPerMillisecond != 0))
            {
                throw ValidationException.InvalidParameter(
                    $"PropagationDelay of index {index.IndexName} is {delay}; it goes from 0 to one day in whole milliseconds");
            }
        }

        foreach (var index in request.LocalSecondaryIndexes)
        {
            if (request.KeySchema.Count < 2)
            {
                throw ValidationException.InvalidParameter(
                    "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
            }

            CheckIndex(index.IndexName, index.KeySchema, index.Projection, request, names);
            if (index.KeySchema.Count < 2)
            {
                throw ValidationException.InvalidParameter(
                    $"Index KeySchema does not have a range key for index: {index.IndexName}");
            }

            if (index.KeySchema[0].AttributeName != request.KeySchema[0].AttributeName)
            {
                throw ValidationException.InvalidParameter(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                    + $"{index.IndexName}. index hash key: {index.KeySchema[0].AttributeName}, "
                    + $"table hash key: {request.KeySchema[0].AttributeName}");
            }
        }

        var projections = request.GlobalSecondaryIndexes.Select(i => i.Projection)
            .Concat(request.LocalSecondaryIndexes.Select(i => i.Projection));
        if (projections.Sum(p => p.NonKeyAttributes.Count) > MaxNonKeyAttributesOfTable)
        {
            throw ValidationException.InvalidParameter(
                $"The NonKeyAttributes of all indexes together exceed the limit of {MaxNonKeyAttributesOfTable}");
        }
    }

    private static void CheckIndex(
        string name,
        IReadOnlyList<KeySchemaElement> key,
        Projection projection,
        CreateTableRequest request,
        HashSet<string> names)
    {
        new RequestShape().Required(name, "indexName").IndexName(name).ThrowIfBroken();
        if (!names.Add(name))
        {
            throw ValidationException.InvalidParameter($"Duplicate index name: {name}");
        }

        CheckKey(key, request.AttributeDefinitions, $"index {name}");
        var others = projection.NonKeyAttributes;
        if (projection.ProjectionType == ProjectionType.INCLUDE)
        {
            if (others.Count is 0 or > MaxNonKeyAttributes
                || others.Distinct(StringComparer.Ordinal).Count() != others.Count
                || others.Any(string.IsNullOrEmpty))
            {
                throw ValidationException.InvalidParameter(
                    $"NonKeyAttributes of index {name} must be 1 to {MaxNonKeyAttributes} different names when "
                    + "ProjectionType is INCLUDE");
            }

            foreach (var other in others)
            {
                CheckAttributeName(other);
            }
        }
        else if (others.Count > 0)
        {
            throw ValidationException.InvalidParameter(
                $"ProjectionType is {projection.ProjectionType}, but NonKeyAttributes is specified");
        }
    }

    // Unlike the attributes of items, those of definitions stand in columns of text, which cannot hold U+0000.
    private static void CheckAttributeName(string name)
    {
        AttributeRules.ByteCount(name, "an attribute name");
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw ValidationException.InvalidParameter("The attribute names of keys and projections cannot hold U+0000");
        }
    }

    private static string Show(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";
}
