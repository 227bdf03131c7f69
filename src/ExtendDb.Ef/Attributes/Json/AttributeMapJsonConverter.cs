using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Attributes.Json;

/// <summary>Reads and writes items and keys as DynamoDB JSON, without an intermediate tree.</summary>
internal sealed class AttributeMapJsonConverter : JsonConverter<AttributeMap>
{
    public override AttributeMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttributeJson.ReadMap(ref reader);

    public override void Write(Utf8JsonWriter writer, AttributeMap value, JsonSerializerOptions options) =>
        AttributeJson.Write(writer, value);
}
