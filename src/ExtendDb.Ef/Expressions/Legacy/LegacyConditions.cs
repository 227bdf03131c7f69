using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.Legacy;

/// <summary>Converts Expected, QueryFilter and ScanFilter to the conditions that expressions are parsed to.</summary>
/// <remarks>Source: DynamoDB developer guide, Legacy conditional parameters.</remarks>
internal static class LegacyConditions
{
    /// <summary>Returns the condition of a filter; null for none.</summary>
    /// <exception cref="ValidationException">A condition has values that its operator does not take.</exception>
    public static ItemCondition? OfFilter(
        IReadOnlyDictionary<string, Condition>? filter, ConditionalOperator? conditionalOperator)
    {
        foreach (var condition in filter?.Values ?? [])
        {
            CheckValues(condition);
        }

        CheckOperator(filter?.Count ?? 0, conditionalOperator);
        return Joined(filter?.Select(c => (c.Key, PredicateOf(c.Key, c.Value))), conditionalOperator);
    }

    /// <summary>Returns the condition of a write; null for none.</summary>
    /// <exception cref="ValidationException">An expectation contradicts itself.</exception>
    public static ItemCondition? OfExpected(
        IReadOnlyDictionary<string, ExpectedAttributeValue>? expected, ConditionalOperator? conditionalOperator)
    {
        var predicates = new List<(string, Predicate)>();
        foreach (var (name, expectation) in expected ?? new Dictionary<string, ExpectedAttributeValue>())
        {
            predicates.Add((name, PredicateOf(name, ConditionOf(name, expectation))));
        }

        CheckOperator(predicates.Count, conditionalOperator);
        return Joined(predicates, conditionalOperator);
    }

    /// <summary>Refuses a condition whose values do not suit its operator.</summary>
    public static void CheckValues(Condition condition)
    {
        var (comparison, values) = (condition.ComparisonOperator, condition.AttributeValueList ?? []);
        foreach (var value in values)
        {
            AttributeRules.Check(value);
        }

        var fits = comparison switch
        {
            ComparisonOperator.NULL or ComparisonOperator.NOT_NULL => values.Count == 0,
            ComparisonOperator.BETWEEN => values.Count == 2,
            ComparisonOperator.IN => values.Count > 0,
            _ => values.Count == 1,
        };
        if (!fits)
        {
            throw ValidationException.InvalidParameter(
                $"Invalid number of argument(s) for the {comparison} ComparisonOperator");
        }

        if (values.Any(value => value.Type != values[0].Type))
        {
            throw ValidationException.InvalidParameter("AttributeValues inside AttributeValueList must be of same type");
        }

        if (values.Count > 0 && !Takes(comparison, values[0].Type))
        {
            throw ValidationException.InvalidParameter(
                $"ComparisonOperator {comparison} is not valid for {values[0].Type} AttributeValue type");
        }

        if (comparison == ComparisonOperator.BETWEEN && ValueOrder.Compare(values[0], values[1]) > 0)
        {
            throw new ValidationException(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
        }
    }

    private static bool Takes(ComparisonOperator comparison, AttributeType type) => comparison switch
    {
        ComparisonOperator.EQ or ComparisonOperator.NE => true,
        ComparisonOperator.CONTAINS or ComparisonOperator.NOT_CONTAINS =>
            type is AttributeType.S or AttributeType.N or AttributeType.B or AttributeType.BOOL or AttributeType.NULL,
        ComparisonOperator.BEGINS_WITH => type is AttributeType.S or AttributeType.B,
        _ => type is AttributeType.S or AttributeType.N or AttributeType.B,
    };

    private static void CheckOperator(int conditions, ConditionalOperator? conditionalOperator)
    {
        if (conditionalOperator is not null && conditions < 2)
        {
            throw new ValidationException(conditions == 0
                ? "ConditionalOperator cannot be used without Filter or Expected"
                : "ConditionalOperator can only be used when Filter or Expected has two or more elements");
        }
    }

    private static Condition ConditionOf(string name, ExpectedAttributeValue expected)
    {
        var (value, list, comparison) = (expected.Value, expected.AttributeValueList, expected.ComparisonOperator);
        if (list is not null && value is not null)
        {
            throw Refused($"Value and AttributeValueList cannot be used together for Attribute: {name}");
        }

        if (comparison is { } given)
        {
            if (expected.Exists is not null)
            {
                throw Refused($"Exists and ComparisonOperator cannot be used together for Attribute: {name}");
            }

            if (given is not (ComparisonOperator.NULL or ComparisonOperator.NOT_NULL) && value is null && list is null)
            {
                throw Refused(
                    $"Value or AttributeValueList must be used with ComparisonOperator: {given} for Attribute: {name}");
            }

            var condition = new Condition(given, list ?? (value is null ? [] : [value]));
            CheckValues(condition);
            return condition;
        }

        if (list is not null)
        {
            throw Refused($"AttributeValueList can only be used with a ComparisonOperator for Attribute: {name}");
        }

        switch (expected.Exists, value)
        {
            case (false, null):
                return new(ComparisonOperator.NULL);
            case (false, _):
                throw Refused($"Value cannot be used when Exists is false for Attribute: {name}");
            case (_, null):
                throw Refused(
                    $"Value must be provided when Exists is {(expected.Exists is null ? "null" : "true")} for Attribute: {name}");
            default:
                AttributeRules.Check(value);
                return Condition.EqualTo(value);
        }
    }

    private static ValidationException Refused(string what) => ValidationException.InvalidParameter(what);

    private static ItemCondition? Joined(
        IEnumerable<(string Name, Predicate Predicate)>? conditions, ConditionalOperator? conditionalOperator)
    {
        Predicate? all = null;
        var paths = new List<DocumentPath>();
        foreach (var (name, predicate) in conditions ?? [])
        {
            paths.Add(PathOf(name));
            all = all is null ? predicate
                : conditionalOperator == ConditionalOperator.OR ? new Predicate.Or(all, predicate)
                : new Predicate.And(all, predicate);
        }

        return all is null ? null : new(all, paths);
    }

    private static Predicate PredicateOf(string name, Condition condition)
    {
        AttributeRules.CheckName(name);
        var path = new Operand.OfPath(PathOf(name));
        var values = (condition.AttributeValueList ?? []).Select(Operand (value) => new Operand.Literal(value)).ToList();
        return condition.ComparisonOperator switch
        {
            ComparisonOperator.EQ => new Predicate.Comparison("=", path, values[0]),
            ComparisonOperator.NE => new Predicate.Comparison("<>", path, values[0]),
            ComparisonOperator.IN => new Predicate.In(path, values),
            ComparisonOperator.LE => new Predicate.Comparison("<=", path, values[0]),
            ComparisonOperator.LT => new Predicate.Comparison("<", path, values[0]),
            ComparisonOperator.GE => new Predicate.Comparison(">=", path, values[0]),
            ComparisonOperator.GT => new Predicate.Comparison(">", path, values[0]),
            ComparisonOperator.BETWEEN => new Predicate.Between(path, values[0], values[1]),
            ComparisonOperator.NOT_NULL => new Predicate.AttributeExists(path),
            ComparisonOperator.NULL => new Predicate.AttributeNotExists(path),
            ComparisonOperator.CONTAINS => new Predicate.Contains(path, values[0]),
            // Unlike NE, the operator is false for a missing attribute.
            ComparisonOperator.NOT_CONTAINS => new Predicate.And(
                new Predicate.AttributeExists(path), new Predicate.Not(new Predicate.Contains(path, values[0]))),
            _ => new Predicate.BeginsWith(path, values[0]),
        };
    }

    private static DocumentPath PathOf(string attribute) => new(new PathStep(attribute));
}
