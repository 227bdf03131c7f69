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
        return validator.Members(names, member);
    }

    public static RequestValidator ConditionalOperator(this RequestValidator validator, ConditionalOperator? given) => validator.OneOf(
        given, "conditionalOperator", Model.ConditionalOperator.OR, Model.ConditionalOperator.AND);

    public static RequestValidator Conditions(
        this RequestValidator validator, IReadOnlyDictionary<string, Condition>? conditions, string member)
    {
        foreach (var (name, condition) in conditions ?? new Dictionary<string, Condition>())
        {
            validator.Required(condition, $"{member}.{name}.member")
                .ComparisonOperator(condition?.ComparisonOperator, $"{member}.{name}.member")
                .AttributeValueList(condition?.AttributeValueList, $"{member}.{name}.member");
        }

        return validator;
    }

    public static RequestValidator AttributeValueList(
        this RequestValidator validator, IReadOnlyList<AttributeValue?>? values, string condition) =>
        validator.Members(values, condition + ".attributeValueList");

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

    private static RequestValidator Members(this RequestValidator validator, IReadOnlyList<object?>? members, string list)
    {
        for (var i = 0; i < (members?.Count ?? 0); i++)
        {
            validator.Required(members![i], $"{list}.{i + 1}.member");
        }

        return validator;
    }
}
