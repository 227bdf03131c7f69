using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Querying;

/// <summary>What DynamoDB demands of the key conditions of a Query. Source: DynamoDB API, Query, KeyConditions.</summary>
internal static class KeyConditionRules
{
    /// <summary>Returns the partition key's value and the range of sort keys.</summary>
    /// <exception cref="ValidationException">A condition is missing, does not fit the key, or is not supported.</exception>
    public static (AttributeValue Hash, SortKeyRange Range) Read(
        KeySchema key, IReadOnlyDictionary<string, Condition> conditions)
    {
        if (!conditions.TryGetValue(key.Hash.Name, out var onHash))
        {
            throw new ValidationException($"Query condition missed key schema element: {key.Hash.Name}");
        }

        Check(key, key.Hash, onHash);
        if (onHash.ComparisonOperator != ComparisonOperator.EQ)
        {
            throw new ValidationException("Query key condition not supported");
        }

        var others = conditions.Where(c => c.Key != key.Hash.Name).ToList();
        switch (others)
        {
            case []:
                return (onHash.AttributeValueList[0], SortKeyRange.All);
            case [var (name, onRange)] when name == key.Range?.Name:
                Check(key, key.Range, onRange);
                return (onHash.AttributeValueList[0], SortKeyRange.Of(onRange));
            default:
                throw new ValidationException(key.Range is null
                    ? "Query key condition not supported"
                    : $"Query condition missed key schema element: {key.Range.Name}");
        }
    }

    private static void Check(KeySchema key, KeyAttribute part, Condition condition)
    {
        var values = condition.AttributeValueList;
        if (values.Count != (condition.ComparisonOperator == ComparisonOperator.BETWEEN ? 2 : 1))
        {
            throw ValidationException.InvalidParameter(
                $"Invalid number of argument(s) for the {condition.ComparisonOperator} ComparisonOperator");
        }

        foreach (var value in values)
        {
            if (value.Type != part.Type)
            {
                throw ValidationException.InvalidParameter(
                    $"Condition parameter type does not match schema type: {part.Name} is {part.Type}, not {value.Type}");
            }

            AttributeRules.Check(new AttributeMap { [part.Name] = value });
            key.CheckValue(part, value);
        }

        if (condition.ComparisonOperator == ComparisonOperator.BEGINS_WITH && part.Type == AttributeType.N)
        {
            throw ValidationException.InvalidParameter(
                "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type");
        }

        if (condition.ComparisonOperator == ComparisonOperator.BETWEEN
            && SortKeyEncoding.Encode(values[0]).AsSpan().SequenceCompareTo(SortKeyEncoding.Encode(values[1])) > 0)
        {
            throw new ValidationException(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + $"lower bound operand: AttributeValue: {values[0]}, upper bound operand: AttributeValue: {values[1]}");
        }
    }
}
