using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Which members of a request may be given together: expressions, or the older parameters in their place.</summary>
internal static class ExpressionMembers
{
    /// <summary>Refuses a request that mixes both, or that gives placeholders without an expression.</summary>
    /// <param name="names">ExpressionAttributeNames.</param>
    /// <param name="values">ExpressionAttributeValues.</param>
    /// <param name="legacy">The older parameters in DynamoDB's order, by name.</param>
    /// <param name="expressions">The expressions in DynamoDB's order, by name; whether values can stand in them.</param>
    /// <exception cref="ValidationException">They do not go together.</exception>
    public static void Check(
        object? names,
        object? values,
        ReadOnlySpan<(string Name, object? Given)> legacy,
        params ReadOnlySpan<(string Name, string? Text, bool TakesValues)> expressions)
    {
        var used = new List<string>();
        var withoutValues = new List<string>();
        foreach (var (name, text, takesValues) in expressions)
        {
            if (text is not null)
            {
                used.Add(name);
            }

            if (takesValues && text is null)
            {
                withoutValues.Add(name);
            }
        }

        var older = new List<string>();
        foreach (var (name, given) in legacy)
        {
            if (given is not null)
            {
                older.Add(name);
            }
        }

        if (used.Count > 0 && older.Count > 0)
        {
            throw new ValidationException(
                "Can not use both expression and non-expression parameters in the same request: "
                + $"Non-expression parameters: {{{string.Join(", ", older)}}} "
                + $"Expression parameters: {{{string.Join(", ", used)}}}");
        }

        if (names is not null && used.Count == 0)
        {
            throw new ValidationException("ExpressionAttributeNames can only be specified when using expressions");
        }

        var takers = 0;
        foreach (var expression in expressions)
        {
            takers += expression.TakesValues ? 1 : 0;
        }

        if (values is not null && withoutValues.Count == takers)
        {
            throw new ValidationException(
                "ExpressionAttributeValues can only be specified when using expressions: "
                + $"{string.Join(" and ", withoutValues)} {(takers == 1 ? "is" : "are")} null");
        }
    }
}
