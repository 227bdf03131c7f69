using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Attributes.Json;

/// <summary>Writes a number as a JSON number with all its digits; reads it from a JSON number or a string.</summary>
internal sealed class DynamoNumberJsonConverter : JsonConverter<DynamoNumber>
{
    public override DynamoNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => Number(ref reader),
            JsonTokenType.String => DynamoNumber.Parse(reader.GetString()),
            _ => throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.String),
        };

    public override void Write(Utf8JsonWriter writer, DynamoNumber value, JsonSerializerOptions options) =>
        Write(writer, value);

    /// <summary>Reads the JSON number at which a reader is, with all its digits.</summary>
    public static DynamoNumber Number(ref Utf8JsonReader reader) => DynamoNumber.Parse(Encoding.ASCII.GetString(
        reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan));

    /// <summary>Writes a number with all its digits.</summary>
    public static void Write(Utf8JsonWriter writer, DynamoNumber value) =>
        writer.WriteRawValue(value.ToString(), skipInputValidation: true);
}
