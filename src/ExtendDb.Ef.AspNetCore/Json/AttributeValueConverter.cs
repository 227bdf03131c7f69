using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Reads and writes one value of an attribute.</summary>
internal sealed class AttributeValueConverter : JsonConverter<AttributeValue>
{
    public override AttributeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttributeJson.ReadValue(ref reader);

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options) =>
        AttributeJson.Write(writer, value);
}
