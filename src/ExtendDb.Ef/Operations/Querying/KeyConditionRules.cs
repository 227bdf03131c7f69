using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>
/// Checks the key conditions of a Query against DynamoDB's rules. Source: DynamoDB API, Query, KeyConditions.
/// </summary>
internal static class KeyConditionRules
{
    /// <summary>Refuses zero conditions in KeyConditions, and more than a key has attributes.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="ofMultiAttributeKey">Whether the key has more than one HASH or RANGE attribute, or may have.</param>
    public static void CheckCount(IReadOnlyDictionary<string, Condition> conditions, bool ofMultiAttributeKey)
    {
        if (conditions.Count < 1 || (conditions.Count > 2 && !ofMultiAttributeKey))
        {
            throw new ValidationException("Conditions can be of length 1 or 2 only");
        }
    }

    /// <summary>Returns the values of the partition key, by attribute, and the range of sort keys.</summary>
    /// <param name="key">The key schema of the table or index.</param>
    /// <param name="conditions">
    /// At least one condition, each on another attribute, with values that suit its operator.
    /// </param>
    /// <exception cref="ValidationException">
    /// A condition is missing, does not fit the key, or is not supported.
    /// </exception>
    public static (AttributeMap Hash, SortKeyRange Range) Read(KeySchema key, IReadOnlyList<KeyCondition> conditions)
    {
        if (conditions.Count > key.Attributes.Count)
        {
            throw new ValidationException(
                $"The number of query conditions ({conditions.Count}) exceeds the number of key attributes defined in the "
                + $"schema ({key.Attributes.Count})");
        }

        return key.IsMultiAttribute ? MultiAttributeConditions.Read(key, conditions) : ReadPair(key, conditions);
    }

    /// <summary>Returns the condition on a part of the key.</summary>
    /// <exception cref="ValidationException">There is none, or its operator or its values do not suit the part.</exception>
    public static Condition Find(KeySchema key, KeyAttribute part, IReadOnlyList<KeyCondition> conditions)
    {
        var condition = conditions.FirstOrDefault(condition => condition.Attribute == part.Name)?.Is
            ?? throw new ValidationException($"Query condition missed key schema element: {part.Name}");
        if (condition.ComparisonOperator is ComparisonOperator.NULL or ComparisonOperator.NOT_NULL
            or ComparisonOperator.NE or ComparisonOperator.CONTAINS or ComparisonOperator.NOT_CONTAINS
            or ComparisonOperator.IN)
        {
            throw new ValidationException("Attempted conditional constraint is not an indexable operation");
        }

        foreach (var value in condition.AttributeValueList)
        {
            if (value.Type != part.Type)
            {
                throw ValidationException.InvalidParameter("Condition parameter type does not match schema type");
            }

            key.CheckValue(part, value);
        }

        return condition;
    }

    private static (AttributeMap Hash, SortKeyRange Range) ReadPair(KeySchema key, IReadOnlyList<KeyCondition> conditions)
    {
        var onHash = Find(key, key.Hash, conditions);
        if (onHash.ComparisonOperator != ComparisonOperator.EQ)
        {
            throw new ValidationException("Query key condition not supported");
        }

        return (
            new() { [key.Hash.Name] = onHash.AttributeValueList[0] },
            conditions.Count > 1 ? SortKeyRange.Of(Find(key, key.Range!, conditions), before: [], isLast: true) : SortKeyRange.All);
    }
}
