using System.Text.Json;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.WebConsole.Items;

/// <summary>Attribute values as users type and read them.</summary>
internal static class AttributeText
{
    private const int ShortText = 80;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Gets the types of values that fit into one field of a form.</summary>
    public static IReadOnlyList<AttributeType> Simple { get; } =
        [AttributeType.S, AttributeType.N, AttributeType.B, AttributeType.BOOL, AttributeType.NULL];

    /// <summary>Reads a value from a field of a form.</summary>
    /// <exception cref="FormatException">The text is not a value of the type.</exception>
    public static AttributeValue Parse(AttributeType type, string text) => type switch
    {
        AttributeType.S => text,
        AttributeType.N => Number(text),
        AttributeType.B => Binary(text),
        AttributeType.BOOL => text.Trim().ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ => throw new FormatException($"'{text}' is not true or false."),
        },
        AttributeType.NULL => new AttributeValue.NULL(),
        _ => throw new FormatException($"A value of type {type} does not fit into a field."),
    };

    /// <summary>Returns a value in one short line.</summary>
    public static string Short(AttributeValue value) => value switch
    {
        AttributeValue.S s => Cut(s.Value),
        AttributeValue.N n => n.Value.ToString(),
        AttributeValue.BOOL b => b.Value ? "true" : "false",
        AttributeValue.NULL => "null",
        AttributeValue.B b => $"{b.Value.Length:N0} bytes",
        AttributeValue.M m => $"{{{m.Value.Count}}}",
        AttributeValue.L l => $"[{l.Count}]",
        AttributeValue.SS set => Cut(string.Join(", ", set.Value.Take(ShortText))),
        AttributeValue.NS set => Cut(string.Join(", ", set.Value.Take(ShortText))),
        AttributeValue.BS set => $"{set.Value.Count} binaries",
        _ => string.Empty,
    };

    /// <summary>Returns a key in one line.</summary>
    public static string OfKey(AttributeMap key) => string.Join(", ", key.Select(part => $"{part.Key} = {Short(part.Value)}"));

    /// <summary>Returns an item as DynamoDB JSON, in lines.</summary>
    public static string Json(AttributeMap item) => JsonSerializer.Serialize(item, Indented);

    /// <summary>Reads an item from DynamoDB JSON.</summary>
    /// <exception cref="FormatException">The text is not an item.</exception>
    public static AttributeMap ParseItem(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AttributeMap>(json) ?? throw new FormatException("null is not an item.");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"This is not an item in DynamoDB JSON: {broken.Message}", broken);
        }
    }

    private static AttributeValue Number(string text)
    {
        try
        {
            return DynamoNumber.Parse(text.Trim());
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or DynamoDbException)
        {
            throw new FormatException($"'{text}' is not a number.", wrong);
        }
    }

    private static AttributeValue Binary(string text)
    {
        try
        {
            return Convert.FromBase64String(text.Trim());
        }
        catch (FormatException wrong)
        {
            throw new FormatException("A binary is given in Base64.", wrong);
        }
    }

    private static string Cut(string text) => text.Length <= ShortText ? text : string.Concat(text.AsSpan(0, ShortText), "…");
}
