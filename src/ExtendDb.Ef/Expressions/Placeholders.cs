using System.Text.RegularExpressions;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>
/// The ExpressionAttributeNames and ExpressionAttributeValues of a request; records which ones its expressions use.
/// </summary>
internal sealed partial class Placeholders
{
    private const int MaxValueBytes = 2 * 1024 * 1024;
    private const int MaxKeyLength = 255;
    private const string NamesMember = "ExpressionAttributeNames";
    private const string ValuesMember = "ExpressionAttributeValues";

    private readonly IReadOnlyDictionary<string, string>? _names;
    private readonly IReadOnlyDictionary<string, AttributeValue>? _values;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Checks the placeholders of a request as far as they do not depend on its expressions.</summary>
    /// <param name="names">The attribute names by placeholder; null when the request has none.</param>
    /// <param name="values">The values by placeholder; null when the request has none.</param>
    /// <exception cref="ValidationException">A map is empty, or a placeholder or its value is malformed.</exception>
    public Placeholders(
        IReadOnlyDictionary<string, string>? names, IReadOnlyDictionary<string, AttributeValue>? values = null)
    {
        _names = names;
        _values = values;
        if (names is not null)
        {
            CheckMap(NamesMember, names.Keys, NamePattern());
            foreach (var (key, name) in names)
            {
                if (string.IsNullOrEmpty(name))
                {
                    throw new ValidationException(
                        $"{NamesMember} contains invalid value: Empty attribute name for key {key}");
                }

                if (AttributeRules.ByteCount(name, NamesMember) > AttributeRules.MaxNameBytes)
                {
                    throw new ValidationException(
                        $"{NamesMember} contains invalid value: Attribute name is too large, must be less than "
                        + $"{AttributeRules.MaxNameBytes + 1} bytes for key {key}");
                }
            }
        }

        if (values is not null)
        {
            CheckMap(ValuesMember, values.Keys, ValuePattern());
            var bytes = 0L;
            foreach (var (key, value) in values)
            {
                CheckValue(key, value);
                bytes += ItemSize.Of(value);
            }

            if (bytes > MaxValueBytes)
            {
                throw new ValidationException($"{ValuesMember} exceeds max size");
            }
        }
    }

    /// <summary>Returns the name of a placeholder; null when the placeholder is not defined.</summary>
    public string? Name(string placeholder)
    {
        _used.Add(placeholder);
        return _names is not null && _names.TryGetValue(placeholder, out var name) ? name : null;
    }

    /// <summary>Returns the value of a placeholder; null when the placeholder is not defined.</summary>
    public AttributeValue? Value(string placeholder)
    {
        _used.Add(placeholder);
        return _values is not null && _values.TryGetValue(placeholder, out var value) ? value : null;
    }

    /// <summary>Refuses placeholders that no expression has used; called after all expressions were parsed.</summary>
    public void CheckAllUsed()
    {
        CheckAllUsed(NamesMember, _names?.Keys);
        CheckAllUsed(ValuesMember, _values?.Keys);
    }

    private void CheckAllUsed(string member, IEnumerable<string>? keys)
    {
        var unused = keys?.Where(key => !_used.Contains(key)).ToList();
        if (unused is { Count: > 0 })
        {
            throw new ValidationException(
                $"Value provided in {member} unused in expressions: keys: {{{string.Join(", ", unused)}}}");
        }
    }

    private static void CheckMap(string member, IEnumerable<string> keys, Regex pattern)
    {
        var any = false;
        foreach (var key in keys)
        {
            any = true;
            if (key.Length == 0)
            {
                throw new ValidationException(
                    $"{member} contains invalid key: The expression attribute map contains an empty key;");
            }

            if (key.Length > MaxKeyLength)
            {
                throw new ValidationException(
                    $"{member} contains invalid key: The expression attribute map contains a key that is too long;"
                    + (member == NamesMember ? $" size of key: {key.Length}" : string.Empty));
            }

            if (!pattern.IsMatch(key))
            {
                throw new ValidationException($"{member} contains invalid key: Syntax error; key: \"{key}\"");
            }
        }

        if (!any)
        {
            throw new ValidationException($"{member} must not be empty");
        }
    }

    private static void CheckValue(string key, AttributeValue value)
    {
        try
        {
            AttributeRules.Check(value ?? throw new ValidationException(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"));
        }
        catch (ValidationException invalid)
        {
            throw new ValidationException($"{ValuesMember} contains invalid value: {invalid.Message} for key {key}");
        }
    }

    [GeneratedRegex(@"\A#[A-Za-z0-9_]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A:[A-Za-z0-9_]+\z")]
    private static partial Regex ValuePattern();
}
