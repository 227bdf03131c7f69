using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Reads the conditions on key attributes from a KeyConditionExpression, or from KeyConditions.</summary>
/// <remarks>Source: DynamoDB developer guide, Key condition expressions for the Query operation.</remarks>
internal static class KeyConditionReader
{
    /// <summary>Returns the conditions of a parsed expression, one for each attribute.</summary>
    /// <exception cref="ValidationException">The expression has a form that no key condition has.</exception>
    public static IReadOnlyList<KeyCondition> Conditions(ItemCondition expression)
    {
        var conditions = new List<KeyCondition>();
        Collect(expression.Predicate, conditions);
        return conditions;
    }

    /// <summary>Returns the conditions of the KeyConditions parameter.</summary>
    /// <param name="conditions">The parameter.</param>
    /// <param name="ofIndex">Whether an index is read, whose key may have more than two attributes.</param>
    /// <exception cref="ValidationException">
    /// A condition has values that its operator does not take, there is none, or there are more than two for a table.
    /// </exception>
    public static IReadOnlyList<KeyCondition> Conditions(IReadOnlyDictionary<string, Condition> conditions, bool ofIndex)
    {
        foreach (var condition in conditions.Values)
        {
            LegacyConditions.CheckValues(condition);
        }

        KeyConditionRules.CheckCount(conditions, ofMultiAttributeKey: ofIndex);
        return [.. conditions.Select(c => new KeyCondition(c.Key, c.Value))];
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
                Add(Compared(comparison), conditions);
                break;
            case Predicate.Between between:
                Add(
                    Read(ComparisonOperator.BETWEEN, "BETWEEN", between.Value, between.Low, between.High), conditions);
                break;
            case Predicate.BeginsWith prefix:
                Add(Read(ComparisonOperator.BEGINS_WITH, "begins_with", prefix.Of, prefix.Prefix), conditions);
                break;
            default:
                throw new ValidationException($"Invalid operator used in KeyConditionExpression: {predicate.Operator}");
        }
    }

    private static void Add(KeyCondition condition, List<KeyCondition> conditions)
    {
        if (conditions.Any(other => other.Attribute == condition.Attribute))
        {
            throw new ValidationException("Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key");
        }

        conditions.Add(condition);
    }

    private static KeyCondition Compared(Predicate.Comparison comparison)
    {
        var (symbol, left, right) = (comparison.Operator, comparison.Left, comparison.Right);
        CheckOperands(left, right);
        if (left is Operand.Literal && right is not Operand.Literal)
        {
            (left, right) = (right, left);
            symbol = Flipped(symbol);
        }

        return Read(OperatorOf(symbol), symbol, left, right);
    }

    /// <summary>Returns the symbol that means the same with its operands exchanged.</summary>
    public static string Flipped(string symbol) =>
        symbol switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => symbol };

    /// <summary>Returns the operator of one of the symbols <c>= &lt; &lt;= &gt; &gt;=</c>.</summary>
    public static ComparisonOperator OperatorOf(string symbol) => symbol switch
    {
        "=" => ComparisonOperator.EQ,
        "<" => ComparisonOperator.LT,
        "<=" => ComparisonOperator.LE,
        ">" => ComparisonOperator.GT,
        _ => ComparisonOperator.GE,
    };

    private static KeyCondition Read(
        ComparisonOperator comparisonOperator, string name, Operand attribute, params IReadOnlyList<Operand> values)
    {
        if (attribute is Operand.Literal)
        {
            throw Invalid($"{name} operator must have the key attribute as its first operand");
        }

        CheckOperands([attribute, .. values]);
        return new(
            ((Operand.OfPath)attribute).Path.Attribute,
            new(comparisonOperator, [.. values.Cast<Operand.Literal>().Select(literal => literal.Value)]));
    }

    /// <summary>
    /// Refuses operands when not exactly one is an attribute; the first wrong operand decides the message.
    /// </summary>
    private static void CheckOperands(params ReadOnlySpan<Operand> operands)
    {
        var any = false;
        foreach (var operand in operands)
        {
            switch (operand)
            {
                case Operand.Size:
                    throw new ValidationException("KeyConditionExpressions cannot contain nested operations");
                case Operand.OfPath when any:
                    throw Invalid("Multiple attribute names used in one condition");
                case Operand.OfPath { Path.Steps.Count: > 1 }:
                    throw new ValidationException("KeyConditionExpressions cannot have conditions on nested attributes");
                case Operand.OfPath:
                    any = true;
                    break;
            }
        }

        if (!any)
        {
            throw Invalid("No key attribute specified");
        }
    }

    private static ValidationException Invalid(string what) =>
        new($"Invalid condition in KeyConditionExpression: {what}");
}
