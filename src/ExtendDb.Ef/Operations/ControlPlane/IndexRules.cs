using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Checks the keys, of valid shape, of a table and of its indexes against DynamoDB's rules.</summary>
/// <remarks>Source: DynamoDB API, CreateTable and UpdateTable; service quotas.</remarks>
internal static class IndexRules
{
    public const int MaxGlobalIndexes = 20;
    public const int MaxNonKeyAttributesOfTable = 100;

    public static void CheckKey(IReadOnlyList<KeySchemaElement> key, IReadOnlyList<AttributeDefinition> definitions)
    {
        if (!key.All(e => definitions.Any(d => d.AttributeName == e.AttributeName)))
        {
            throw ValidationException.InvalidParameter(
                "Some index key attributes are not defined in AttributeDefinitions. "
                + $"Keys: {Show(key.Select(e => e.AttributeName))}, "
                + $"AttributeDefinitions: {Show(definitions.Select(d => d.AttributeName))}");
        }

        if (key.Count == 2 && key[0].AttributeName == key[1].AttributeName)
        {
            throw new ValidationException(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }

        if (key[0].KeyType != KeyType.HASH)
        {
            throw new ValidationException("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }

        if (key.Count == 2 && key[1].KeyType != KeyType.RANGE)
        {
            throw new ValidationException("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
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
