using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Checks the keys, of valid shape, of a table and of its indexes against DynamoDB's rules.</summary>
/// <remarks>Source: DynamoDB API, CreateTable and UpdateTable; service quotas.</remarks>
internal static class IndexRules
{
    public const int MaxGlobalIndexes = 20;
    public const int MaxNonKeyAttributesOfTable = 100;

    /// <summary>Refuses a key of a table or of a local index that is not a HASH and perhaps a RANGE attribute.</summary>
    public static void CheckKey(IReadOnlyList<KeySchemaElement> key, IReadOnlyList<AttributeDefinition> definitions)
    {
        CheckDefined(key, definitions);
        if (key.Count == 2 && key[0].AttributeName == key[1].AttributeName)
        {
            throw new ValidationException(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }

        CheckFirst(key);
        if (key.Count == 2 && key[1].KeyType != KeyType.RANGE)
        {
            throw new ValidationException("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
    }

    /// <summary>
    /// Refuses a key of a global index that is not one to four HASH attributes and then up to four RANGE attributes.
    /// </summary>
    public static void CheckGlobalKey(IReadOnlyList<KeySchemaElement> key, IReadOnlyList<AttributeDefinition> definitions)
    {
        if (key.Count <= 2 && !(key.Count == 2 && key[1].KeyType == KeyType.HASH && key[0].KeyType == KeyType.HASH))
        {
            CheckKey(key, definitions);
            return;
        }

        CheckDefined(key, definitions);
        if (key.DistinctBy(e => e.AttributeName).Count() != key.Count)
        {
            throw new ValidationException("Two keys can not have the same name");
        }

        CheckFirst(key);
        var hashes = key.TakeWhile(e => e.KeyType == KeyType.HASH).Count();
        if (key.Skip(hashes).Any(e => e.KeyType == KeyType.HASH))
        {
            throw new ValidationException(
                "Invalid key order. Hash Key must be specified first in key schema, Range Key must be specified second");
        }

        if (hashes > KeySchema.MaxAttributesOfPart)
        {
            throw new ValidationException(
                $"Too many partition keys. GSI can have at most {KeySchema.MaxAttributesOfPart} partition keys");
        }

        if (key.Count - hashes > KeySchema.MaxAttributesOfPart)
        {
            throw new ValidationException(
                $"Too many sort keys. GSI can have at most {KeySchema.MaxAttributesOfPart} sort keys");
        }
    }

    private static void CheckDefined(IReadOnlyList<KeySchemaElement> key, IReadOnlyList<AttributeDefinition> definitions)
    {
        if (!key.All(e => definitions.Any(d => d.AttributeName == e.AttributeName)))
        {
            throw ValidationException.InvalidParameter(
                "Some index key attributes are not defined in AttributeDefinitions. "
                + $"Keys: {Show(key.Select(e => e.AttributeName))}, "
                + $"AttributeDefinitions: {Show(definitions.Select(d => d.AttributeName))}");
        }
    }

    private static void CheckFirst(IReadOnlyList<KeySchemaElement> key)
    {
        if (key[0].KeyType != KeyType.HASH)
        {
            throw new ValidationException("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
    }

    public static void CheckProjection(Projection projection)
    {
        if (projection.ProjectionType == default)
        {
            throw ValidationException.InvalidParameter("Unknown ProjectionType: null");
        }

        var others = projection.NonKeyAttributes;
        if (projection.ProjectionType != ProjectionType.INCLUDE && others.Count > 0)
        {
            throw ValidationException.InvalidParameter(
                $"ProjectionType is {projection.ProjectionType}, but NonKeyAttributes is specified");
        }

        if (projection.ProjectionType == ProjectionType.INCLUDE && others.Count == 0)
        {
            throw ValidationException.InvalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in others)
        {
            CheckAttributeName(other);
            if (!names.Add(other))
            {
                throw ValidationException.InvalidParameter($"Duplicate element in NonKeyAttributes: {other}");
            }
        }
    }

    public static void CheckProjected(int nonKeyAttributes)
    {
        if (nonKeyAttributes > MaxNonKeyAttributesOfTable)
        {
            throw ValidationException.InvalidParameter(
                $"The NonKeyAttributes of all indexes together exceed the limit of {MaxNonKeyAttributesOfTable}");
        }
    }

    public static void CheckDelay(string index, TimeSpan? given)
    {
        if (given is { } delay
            && (delay < TimeSpan.Zero || delay > TimeSpan.FromDays(1)
                || delay.Ticks % TimeSpan.TicksPerMillisecond != 0))
        {
            throw ValidationException.InvalidParameter(
                $"PropagationDelay of index {index} is {delay}; it goes from 0 to one day in whole milliseconds");
        }
    }

    public static void CheckDefinitions(IReadOnlyList<AttributeDefinition> definitions)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            CheckAttributeName(definition.AttributeName);
            if (!names.Add(definition.AttributeName))
            {
                throw new ValidationException($"Attribute Name is duplicated: {definition.AttributeName}");
            }
        }
    }

    public static string Show(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";

    // The names of attributes in definitions are stored in text columns, which cannot hold U+0000; those in items can.
    private static void CheckAttributeName(string name)
    {
        AttributeRules.ByteCount(name, "an attribute name");
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw ValidationException.InvalidParameter("The attribute names of keys and projections cannot hold U+0000");
        }
    }
}
