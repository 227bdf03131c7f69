using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations;

/// <summary>Checks the shape of legacy parameters.</summary>
internal static class LegacyRequestShape
{
    private const int MaxAttributesToGet = 255;

    public static RequestValidator AttributesToGet(
        this RequestValidator validator, IReadOnlyList<string?>? names, string member = "attributesToGet")
    {
        validator.Length(names?.Count, () => $"[{string.Join(", ", names!)}]", 1, MaxAttributesToGet, member);
        for (var i = 0; i < (names?.Count ?? 0); i++)
        {
            validator.Required(names![i], $"{member}.{i + 1}.member");
        }

        return validator;
    }

    public static RequestValidator ConditionalOperator(this RequestValidator validator, ConditionalOperator? given) => validator.OneOf(
        given, "conditionalOperator", Model.ConditionalOperator.OR, Model.ConditionalOperator.AND);

    public static RequestValidator Conditions(
        this RequestValidator validator, IReadOnlyDictionary<string, Condition>? conditions, string member)
    {
        foreach (var (name, condition) in conditions ?? new Dictionary<string, Condition>())
        {
            validator.Required(condition, $"{member}.{name}.member")
                .ComparisonOperator(condition?.ComparisonOperator, $"{member}.{name}.member");
        }

        return validator;
    }

    public static RequestValidator ComparisonOperator(
        this RequestValidator validator, ComparisonOperator? given, string condition) => validator.OneOf(
            given,
            condition + ".comparisonOperator",
            Model.ComparisonOperator.IN,
            Model.ComparisonOperator.NULL,
            Model.ComparisonOperator.BETWEEN,
            Model.ComparisonOperator.LT,
            Model.ComparisonOperator.NOT_CONTAINS,
            Model.ComparisonOperator.EQ,
            Model.ComparisonOperator.GT,
            Model.ComparisonOperator.NOT_NULL,
            Model.ComparisonOperator.NE,
            Model.ComparisonOperator.LE,
            Model.ComparisonOperator.BEGINS_WITH,
            Model.ComparisonOperator.GE,
            Model.ComparisonOperator.CONTAINS);
}
