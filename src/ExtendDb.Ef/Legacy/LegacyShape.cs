using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Legacy;

/// <summary>Checks the shape of legacy parameters.</summary>
internal static class LegacyShape
{
    private const int MaxAttributesToGet = 255;

    public static RequestShape AttributesToGet(
        this RequestShape shape, IReadOnlyList<string>? names, string member = "attributesToGet") =>
        shape.Length(names?.Count, () => $"[{string.Join(", ", names!)}]", 1, MaxAttributesToGet, member);

    public static RequestShape ConditionalOperator(this RequestShape shape, ConditionalOperator? given) => shape.OneOf(
        given, "conditionalOperator", Legacy.ConditionalOperator.OR, Legacy.ConditionalOperator.AND);

    public static RequestShape Conditions(
        this RequestShape shape, IReadOnlyDictionary<string, Condition>? conditions, string member)
    {
        foreach (var (name, condition) in conditions ?? new Dictionary<string, Condition>())
        {
            shape.Required(condition, $"{member}.{name}.member")
                .ComparisonOperator(condition?.ComparisonOperator, $"{member}.{name}.member");
        }

        return shape;
    }

    public static RequestShape ComparisonOperator(
        this RequestShape shape, ComparisonOperator? given, string condition) => shape.OneOf(
            given,
            condition + ".comparisonOperator",
            Legacy.ComparisonOperator.IN,
            Legacy.ComparisonOperator.NULL,
            Legacy.ComparisonOperator.BETWEEN,
            Legacy.ComparisonOperator.LT,
            Legacy.ComparisonOperator.NOT_CONTAINS,
            Legacy.ComparisonOperator.EQ,
            Legacy.ComparisonOperator.GT,
            Legacy.ComparisonOperator.NOT_NULL,
            Legacy.ComparisonOperator.NE,
            Legacy.ComparisonOperator.LE,
            Legacy.ComparisonOperator.BEGINS_WITH,
            Legacy.ComparisonOperator.GE,
            Legacy.ComparisonOperator.CONTAINS);
}
