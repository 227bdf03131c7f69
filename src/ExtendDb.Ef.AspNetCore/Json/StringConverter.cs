using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Reads strings; another JSON type is refused with DynamoDB's message.</summary>
internal sealed class StringConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.String);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}
