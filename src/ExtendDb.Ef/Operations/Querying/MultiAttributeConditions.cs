using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Reads the key conditions of a Query of an index whose key has several HASH or RANGE attributes.</summary>
/// <remarks>
/// Source: DynamoDB developer guide, Multi-attribute keys pattern: equality on all HASH attributes, and from the left on RANGE
/// attributes, of which the last one that has a condition may have another one than equality.
/// </remarks>
internal static class MultiAttributeConditions
{
    /// <inheritdoc cref="KeyConditionRules.Read"/>
    public static (AttributeMap Hash, SortKeyRange Range) Read(KeySchema key, IReadOnlyList<KeyCondition> conditions)
    {
        var withoutEquality = WithoutEquality(key.HashAttributes, conditions);
        if (withoutEquality.Count > 0)
        {
            throw new ValidationException(
                $"HASH key attributes {Show(withoutEquality)} must have equality conditions specified in the query");
        }

        var hash = new AttributeMap(key.HashAttributes.Select(part =>
            KeyValuePair.Create(part.Name, KeyConditionRules.Find(key, part, conditions).AttributeValueList[0])));
        var range = Range(key, conditions);
        if (conditions.Any(condition => !key.Contains(condition.Attribute)))
        {
            var missed = key.Attributes.First(part => !IsIn(part, conditions));
            throw new ValidationException($"Query condition missed key schema element: {missed.Name}");
        }

        return (hash, range);
    }

    private static SortKeyRange Range(KeySchema key, IReadOnlyList<KeyCondition> conditions)
    {
        var given = key.RangeAttributes.TakeWhile(part => IsIn(part, conditions)).ToList();
        var skipped = key.RangeAttributes.Skip(given.Count).TakeWhile(part => !IsIn(part, conditions)).ToList();
        if (given.Count + skipped.Count < key.RangeAttributes.Count)
        {
            throw NeedsEquality(skipped, key.RangeAttributes[given.Count + skipped.Count]);
        }

        if (given.Count == 0)
        {
            return SortKeyRange.All;
        }

        var (before, last) = (given[..^1], given[^1]);
        var withoutEquality = WithoutEquality(before, conditions);
        if (withoutEquality.Count > 0)
        {
            throw NeedsEquality(withoutEquality, last);
        }

        byte[] prefix =
        [
            .. before.SelectMany(part =>
                SortKeyEncoding.EncodeClosed(KeyConditionRules.Find(key, part, conditions).AttributeValueList[0])),
        ];
        return SortKeyRange.Of(KeyConditionRules.Find(key, last, conditions), prefix, isLast: skipped.Count == 0);
    }

    private static ValidationException NeedsEquality(IReadOnlyList<KeyAttribute> parts, KeyAttribute present) => new(
        $"RANGE key attributes {Show(parts)} must have equality conditions specified in the query because a condition is "
        + $"present on key attribute {present.Name}");

    private static List<KeyAttribute> WithoutEquality(
        IReadOnlyList<KeyAttribute> parts, IReadOnlyList<KeyCondition> conditions) =>
        [.. parts.Where(part => !conditions.Any(condition =>
            condition.Attribute == part.Name && condition.Is.ComparisonOperator == ComparisonOperator.EQ))];

    private static bool IsIn(KeyAttribute part, IReadOnlyList<KeyCondition> conditions) =>
        conditions.Any(condition => condition.Attribute == part.Name);

    private static string Show(IEnumerable<KeyAttribute> parts) => string.Join(", ", parts.Select(part => part.Name));
}
