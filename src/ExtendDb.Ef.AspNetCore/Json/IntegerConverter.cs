using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Reads whole numbers; a fraction is truncated, as in DynamoDB.</summary>
internal sealed class IntegerConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.Number ? throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.Integer)
            : reader.TryGetInt32(out var whole) ? whole
            : reader.TryGetDouble(out var number) ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
            : throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.Integer);

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
