using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;

namespace ExtendDb.Ef.Querying;

/// <summary>Reads the conditions on keys out of a KeyConditionExpression, or of KeyConditions.</summary>
/// <remarks>Source: DynamoDB developer guide, Key condition expressions for the Query operation.</remarks>
internal static class KeyConditionReader
{
    /// <summary>Returns the conditions of a parsed expression, one for each attribute.</summary>
    /// <exception cref="ValidationException">It is one that no key condition can be.</exception>
    public static IReadOnlyList<KeyCondition> Conditions(ItemCondition expression)
    {
        var conditions = new List<KeyCondition>();
        Collect(expression.Predicate, conditions);
        if (conditions.GroupBy(condition => condition.Path).Any(same => same.Count() > 1))
        {
            throw new ValidationException("KeyConditionExpressions must only contain one condition per key");
        }

        return conditions;
    }

    /// <summary>Returns the conditions that the older parameter gives.</summary>
    /// <exception cref="ValidationException">A condition has values that its operator does not take.</exception>
    public static IReadOnlyList<KeyCondition> Conditions(IReadOnlyDictionary<string, Condition> conditions)
    {
        foreach (var condition in conditions.Values)
        {
            LegacyConditions.CheckValues(condition);
        }

        return [.. conditions.Select(c => new KeyCondition(new DocumentPath(new PathStep(c.Key)), c.Value))];
    }

    private static void Collect(Predicate predicate, List<KeyCondition> conditions)
    {
        switch (predicate)
        {
            case Predicate.And and:
                Collect(and.Left, conditions);
                Collect(and.Right, conditions);
                break;
            case Predicate.Comparison comparison when comparison.Operator != "<>":
                conditions.Add(Compared(comparison));
                break;
            case Predicate.Between between:
                conditions.Add(Read(ComparisonOperator.BETWEEN, "BETWEEN", between.Value, between.Low, between.High));
                break;
            case Predicate.BeginsWith prefix:
                conditions.Add(Read(ComparisonOperator.BEGINS_WITH, "begins_with", prefix.Of, prefix.Prefix));
                break;
            default:
                throw new ValidationException($"Invalid operator used in KeyConditionExpression: {predicate.Operator}");
        }
    }

    private static KeyCondition Compared(Predicate.Comparison comparison)
    {
        var (symbol, left, right) = (comparison.Operator, comparison.Left, comparison.Right);
        if (left is Operand.Literal && right is not Operand.Literal)
        {
            (left, right) = (right, left);
            symbol = symbol switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => symbol };
        }

        var comparisonOperator = symbol switch
        {
            "=" => ComparisonOperator.EQ,
            "<" => ComparisonOperator.LT,
            "<=" => ComparisonOperator.LE,
            ">" => ComparisonOperator.GT,
            _ => ComparisonOperator.GE,
        };
        return Read(comparisonOperator, symbol, left, right);
    }

    private static KeyCondition Read(
        ComparisonOperator comparisonOperator, string name, Operand attribute, params IReadOnlyList<Operand> values)
    {
        Operand[] all = [attribute, .. values];
        if (all.Any(operand => operand is Operand.Size))
        {
            throw new ValidationException("KeyConditionExpressions cannot contain nested operations");
        }

        switch (all.Count(operand => operand is Operand.OfPath))
        {
            case 0:
                throw Invalid("No key attribute specified");
            case > 1:
                throw Invalid("Multiple attribute names used in one condition");
        }

        return attribute is Operand.OfPath { Path: var path }
            ? new(path, new(comparisonOperator, [.. values.Cast<Operand.Literal>().Select(literal => literal.Value)]))
            : throw Invalid($"{name} operator must have the key attribute as its first operand");
    }

    private static ValidationException Invalid(string what) =>
        new($"Invalid condition in KeyConditionExpression: {what}");
}
