using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Checks the bounds of BETWEEN in expressions and in legacy conditions.</summary>
internal static class BetweenBounds
{
    /// <summary>Returns the error message for two bounds of a request; null when they are valid.</summary>
    public static string? Refusal(AttributeValue low, AttributeValue high)
    {
        var bounds = $"lower bound operand: AttributeValue: {Show(low)}, upper bound operand: AttributeValue: {Show(high)}";
        return low.Type != high.Type
            ? "The BETWEEN operator requires same data type for lower and upper bounds; " + bounds
            : ValueOrder.Compare(low, high) > 0
                ? "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; " + bounds
                : null;
    }

    private static string Show(AttributeValue value) => value switch
    {
        AttributeValue.S s => $"{{S:{s.Value}}}",
        AttributeValue.N n => $"{{N:{n.Value}}}",
        AttributeValue.B b => $"{{B:{Convert.ToBase64String(b.Value.Span)}}}",
        _ => value.ToString(),
    };
}
