using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Reads whole numbers of 64 bits; a fraction is truncated, as in DynamoDB.</summary>
internal sealed class LongConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.Number ? throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.Long)
            : reader.TryGetInt64(out var whole) ? whole
            : reader.TryGetDouble(out var number) ? (long)Math.Clamp(number, long.MinValue, long.MaxValue)
            : throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.Long);

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
