using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>
/// Reads and writes values of an enumeration, such as ALL_OLD; null is the first value, like a missing member.
/// </summary>
/// <remarks>
/// An unknown value becomes a number that the enumeration does not have. The operation refuses it together with its
/// other errors, and <see cref="UnknownEnumValues"/> knows the value.
/// </remarks>
internal sealed class EnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        Enum.GetValues<T>().ToDictionary(value => value.ToString(), StringComparer.Ordinal);

    private static readonly Dictionary<T, JsonEncodedText> Words =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonEncodedText.Encode(value.ToString()));

    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String:
                var word = reader.GetString()!;
                return Values.TryGetValue(word, out var value)
                    ? value
                    : (T)Enum.ToObject(typeof(T), UnknownEnumValues.NumberOf(word));
            default:
                throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.String);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words[value]);
}
