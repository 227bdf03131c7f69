using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Json;

/// <summary>Reads ExpressionAttributeValues as a map of attributes.</summary>
internal sealed class AttributeValuesConverter : JsonConverter<IReadOnlyDictionary<string, AttributeValue>>
{
    public override IReadOnlyDictionary<string, AttributeValue> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttributeJson.ReadMap(ref reader);

    public override void Write(
        Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> value, JsonSerializerOptions options) =>
        AttributeJson.Write(writer, value as AttributeMap ?? new AttributeMap(value));
}
