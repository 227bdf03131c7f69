using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Reads Booleans; null is false, like a missing member.</summary>
internal sealed class BooleanConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            var other => throw UnexpectedJson.At(other, UnexpectedJson.Boolean),
        };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
        writer.WriteBooleanValue(value);
}
