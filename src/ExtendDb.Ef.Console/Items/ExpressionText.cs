using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Items;

/// <summary>Writes conditions as the expressions of one request, with a placeholder for each name and each value.</summary>
internal sealed class ExpressionText
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, AttributeValue> _values = [];

    /// <summary>Gets the names of the placeholders; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Names => _names.Count > 0 ? _names : null;

    /// <summary>Gets the values of the placeholders; null when there are none.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Values => _values.Count > 0 ? _values : null;

    /// <summary>Returns the expression that all conditions hold; null when there is none.</summary>
    /// <exception cref="FormatException">A field does not hold a value of its type.</exception>
    public string? All(IEnumerable<FieldCondition> conditions)
    {
        var parts = conditions.Select(One).ToList();
        return parts.Count > 0 ? string.Join(" AND ", parts) : null;
    }

    private string One(FieldCondition condition)
    {
        var path = condition.IsKey ? Name(condition.Name) : Path(condition.Name);
        return condition.Operator switch
        {
            "between" => $"{path} BETWEEN {Value(condition.Type, condition.Text)} AND {Value(condition.Type, condition.Upper)}",
            "begins_with" or "contains" => $"{condition.Operator}({path}, {Value(condition.Type, condition.Text)})",
            "attribute_exists" or "attribute_not_exists" => $"{condition.Operator}({path})",
            var comparison => $"{path} {comparison} {Value(condition.Type, condition.Text)}",
        };
    }

    // The numbers in brackets are positions in lists; everything else is a name, and may be a reserved word.
    private string Path(string path) => string.Join('.', path.Split('.').Select(step =>
    {
        var bracket = step.IndexOf('[', StringComparison.Ordinal);
        return bracket > 0 ? Name(step[..bracket]) + step[bracket..] : Name(step);
    }));

    private string Name(string name)
    {
        var known = _names.FirstOrDefault(each => each.Value == name).Key;
        if (known is null)
        {
            known = string.Create(CultureInfo.InvariantCulture, $"#n{_names.Count}");
            _names.Add(known, name);
        }

        return known;
    }

    private string Value(AttributeType type, string text)
    {
        var placeholder = string.Create(CultureInfo.InvariantCulture, $":v{_values.Count}");
        _values.Add(placeholder, AttributeText.Parse(type, text));
        return placeholder;
    }
}
