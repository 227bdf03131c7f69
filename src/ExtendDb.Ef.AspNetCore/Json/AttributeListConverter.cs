using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Reads lists of attribute values; null is not allowed as an element.</summary>
internal sealed class AttributeListConverter : JsonConverter<IReadOnlyList<AttributeValue>>
{
    public override IReadOnlyList<AttributeValue> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.List);
        }

        var values = new List<AttributeValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(AttributeJson.ReadValue(ref reader));
        }

        return values;
    }

    public override void Write(
        Utf8JsonWriter writer, IReadOnlyList<AttributeValue> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var member in value)
        {
            AttributeJson.Write(writer, member);
        }

        writer.WriteEndArray();
    }
}
