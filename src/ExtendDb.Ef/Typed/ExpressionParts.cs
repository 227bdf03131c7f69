using System.Globalization;
using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>Writes the expressions of one request, and collects the names and values behind their placeholders.</summary>
internal sealed class ExpressionParts(ItemContract contract)
{
    private readonly Dictionary<string, string> _placeholders = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _names;
    private Dictionary<string, AttributeValue>? _values;

    /// <summary>Gets the names behind the placeholders; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Names => _names;

    /// <summary>Gets the values behind the placeholders; null for none.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Values => _values;

    /// <summary>Returns the text of an expression; null when there is none.</summary>
    public string? Write(ItemExpression? expression)
    {
        if (expression is null)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var part in expression.Parts)
        {
            text.Append(part switch
            {
                ItemExpression.Literal literal => literal.Text,
                AttributePath path => string.Join('.', path.Names.Select(Name)),
                ItemExpression inner => Write(inner),
                _ => Value(contract.ToValue(part)),
            });
        }

        return text.ToString();
    }

    /// <summary>Returns the placeholder of an attribute's name.</summary>
    public string Name(string attribute)
    {
        if (!_placeholders.TryGetValue(attribute, out var placeholder))
        {
            placeholder = string.Create(CultureInfo.InvariantCulture, $"#n{_placeholders.Count}");
            _placeholders.Add(attribute, placeholder);
            (_names ??= new(StringComparer.Ordinal)).Add(placeholder, attribute);
        }

        return placeholder;
    }

    /// <summary>Returns a new placeholder of a value.</summary>
    public string Value(AttributeValue value)
    {
        _values ??= new(StringComparer.Ordinal);
        var placeholder = string.Create(CultureInfo.InvariantCulture, $":v{_values.Count}");
        _values.Add(placeholder, value);
        return placeholder;
    }
}
