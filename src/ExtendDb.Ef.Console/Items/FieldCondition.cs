using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Items;

/// <summary>A condition on one attribute, as the fields of a form hold it.</summary>
internal sealed class FieldCondition
{
    /// <summary>Gets the operators of a sort key, in KeyConditionExpression's words.</summary>
    public static IReadOnlyList<string> OfSortKeys { get; } = ["=", "<", "<=", ">", ">=", "between", "begins_with"];

    /// <summary>Gets the operators of a filter, in FilterExpression's words.</summary>
    public static IReadOnlyList<string> OfFilters { get; } =
        ["=", "<>", "<", "<=", ">", ">=", "between", "begins_with", "contains", "attribute_exists", "attribute_not_exists"];

    /// <summary>Gets or sets the attribute; in a filter also a path such as <c>Address.Lines[0]</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Gets whether the name is that of an attribute of the key, and no path.</summary>
    public bool IsKey { get; init; }

    public string Operator { get; set; } = "=";

    public AttributeType Type { get; set; } = AttributeType.S;

    public string Text { get; set; } = string.Empty;

    /// <summary>Gets or sets the upper end of <c>between</c>.</summary>
    public string Upper { get; set; } = string.Empty;

    /// <summary>Gets whether the operator compares with a value.</summary>
    public bool HasValue => Operator is not ("attribute_exists" or "attribute_not_exists");

    /// <summary>Gets whether the fields hold a condition.</summary>
    public bool IsGiven => !HasValue || Text.Length > 0 || Type == AttributeType.NULL;
}
