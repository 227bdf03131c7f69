using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Attributes;

/// <summary>Checks attributes against the rules that DynamoDB has for every item of every table.</summary>
internal static class AttributeRules
{
    public const int MaxNesting = 31;
    public const int MaxNameBytes = 65_535;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Refuses names and strings that are not valid Unicode, empty names, and nesting over 31 levels.</summary>
    public static void Check(AttributeMap attributes) => Check(attributes, 0);

    /// <summary>Checks the attributes of an updated item that the update changed.</summary>
    /// <param name="item">The item after the update.</param>
    /// <param name="stored">The item before the update, which may break rules that are younger.</param>
    public static void CheckChanged(AttributeMap item, AttributeMap stored)
    {
        foreach (var (name, value) in item)
        {
            if (!stored.TryGetValue(name, out var before) || !ReferenceEquals(before, value))
            {
                CheckName(name);
                Check(value, name, 0);
            }
        }
    }

    /// <summary>Checks a value that has no name, such as a placeholder's value.</summary>
    public static void Check(AttributeValue value) => Check(value, "an attribute value", 0);

    /// <summary>Refuses a name that no attribute can have.</summary>
    public static void CheckName(string name)
    {
        if (name.Length == 0)
        {
            throw new ValidationException("Empty attribute name");
        }

        if (ByteCount(name, "an attribute name") > MaxNameBytes)
        {
            throw ValidationException.InvalidParameter(
                $"An attribute name must have at most {MaxNameBytes} bytes: {name[..64]}…");
        }
    }

    private static void Check(AttributeMap attributes, int level)
    {
        foreach (var name in attributes.Keys)
        {
            CheckName(name);
        }

        foreach (var (name, value) in attributes)
        {
            Check(value, name, level);
        }
    }

    private static void Check(AttributeValue value, string name, int level)
    {
        switch (value)
        {
            case AttributeValue.S s:
                ByteCount(s.Value, name);
                break;
            case AttributeValue.SS set:
                foreach (var member in set.Value)
                {
                    ByteCount(member, name);
                }

                break;
            case AttributeValue.M m:
                Check(m.Value, Deeper(level));
                break;
            case AttributeValue.L l:
                var below = Deeper(level);
                foreach (var member in l.Value)
                {
                    Check(member, name, below);
                }

                break;
        }
    }

    private static int Deeper(int level) => level < MaxNesting
        ? level + 1
        : throw new ValidationException(
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit");

    /// <summary>Returns the number of bytes of a text in UTF-8.</summary>
    /// <exception cref="ValidationException">The text contains half a surrogate pair.</exception>
    public static int ByteCount(string text, string where)
    {
        try
        {
            return StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw ValidationException.InvalidParameter($"Half a surrogate pair, which UTF-8 cannot hold, in {where}");
        }
    }
}
