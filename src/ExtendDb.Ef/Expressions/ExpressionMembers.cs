using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>
/// Checks which members of a request are given together: expressions, or the legacy parameters in their place.
/// </summary>
internal static class ExpressionMembers
{
    /// <summary>
    /// Refuses a request that mixes expressions with legacy parameters, or has placeholders without an expression.
    /// </summary>
    /// <param name="names">ExpressionAttributeNames.</param>
    /// <param name="values">ExpressionAttributeValues.</param>
    /// <param name="legacy">The legacy parameters by name, in DynamoDB's order.</param>
    /// <param name="expressions">The expressions by name, in DynamoDB's order, and whether they can contain values.</param>
    /// <exception cref="ValidationException">The members cannot be given together.</exception>
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
