using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Attributes.Json;

/// <summary>Reads and writes one value of an attribute as DynamoDB JSON, whatever its declared type is.</summary>
/// <typeparam name="T">AttributeValue, or one of its ten types; JSON of another type is refused.</typeparam>
internal sealed class AttributeValueJsonConverter<T> : JsonConverter<T>
    where T : AttributeValue
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttributeJson.ReadValue(ref reader) is var value && value is T typed
            ? typed
            : throw new UnexpectedJsonException($"The value has the type {value.Type}, and {typeof(T).Name} was expected.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        AttributeJson.Write(writer, value);
}
