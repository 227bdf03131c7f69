using System.Text;
using System.Text.Json;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Attributes.Json;

/// <summary>Reads and writes attributes as JSON without type descriptors, such as <c>{"Year":2013}</c>.</summary>
internal static class PlainJson
{
    public static string Write(AttributeMap attributes, bool indented) => Write(
        indented, writer => WriteMap(writer, attributes));

    public static string Write(AttributeValue value, bool indented) => Write(indented, writer => WriteValue(writer, value));

    /// <exception cref="JsonException">The text is not JSON, not an object, or names an attribute twice.</exception>
    /// <exception cref="ValidationException">A number is out of range.</exception>
    public static AttributeMap ReadMap(string json) =>
        Read(json, (ref reader) => reader.TokenType == JsonTokenType.StartObject
            ? ReadMap(ref reader)
            : throw new UnexpectedJsonException("The JSON is not an object."));

    /// <exception cref="JsonException">The text is not JSON, or names an attribute twice.</exception>
    /// <exception cref="ValidationException">A number is out of range.</exception>
    public static AttributeValue ReadValue(string json) => Read(json, ReadValue);

    private delegate T PartReader<out T>(ref Utf8JsonReader reader);

    private static string Write(bool indented, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, AttributeJson.WriterOptions with { Indented = indented }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteMap(Utf8JsonWriter writer, AttributeMap attributes)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in attributes)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    public static void WriteValue(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.S s:
                writer.WriteStringValue(s.Value);
                break;
            case AttributeValue.N n:
                DynamoNumberJsonConverter.Write(writer, n.Value);
                break;
            case AttributeValue.B b:
                writer.WriteBase64StringValue(b.Value.Span);
                break;
            case AttributeValue.BOOL b:
                writer.WriteBooleanValue(b.Value);
                break;
            case AttributeValue.NULL:
                writer.WriteNullValue();
                break;
            case AttributeValue.M m:
                WriteMap(writer, m.Value);
                break;
            case AttributeValue.L list:
                WriteArray(writer, list.Value, WriteValue);
                break;
            case AttributeValue.SS set:
                WriteArray(writer, set.Value, static (to, member) => to.WriteStringValue(member));
                break;
            case AttributeValue.NS set:
                WriteArray(writer, set.Value, DynamoNumberJsonConverter.Write);
                break;
            case AttributeValue.BS set:
                WriteArray(writer, set.Value, static (to, member) => to.WriteBase64StringValue(member.Span));
                break;
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, IEnumerable<T> members, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var member in members)
        {
            write(writer, member);
        }

        writer.WriteEndArray();
    }

    private static T Read<T>(string json, PartReader<T> read)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), AttributeJson.ReaderOptions);
        reader.Read();
        try
        {
            var value = read(ref reader);
            return reader.Read() ? throw new UnexpectedJsonException("There is more behind the end of the JSON.") : value;
        }
        catch (InvalidOperationException undecodable)
        {
            // The reader throws this for half a surrogate pair.
            throw new UnexpectedJsonException($"A string before byte {reader.BytesConsumed} is no Unicode text.", undecodable);
        }
    }

    private static AttributeMap ReadMap(ref Utf8JsonReader reader)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!attributes.TryAdd(name, ReadValue(ref reader)))
            {
                throw new UnexpectedJsonException($"The attribute '{name}' is given twice.");
            }
        }

        return AttributeMap.Owning(attributes);
    }

    /// <summary>Reads the value at which a reader is, and leaves the reader at its end.</summary>
    public static AttributeValue ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(ref reader);
            case JsonTokenType.StartArray:
                var members = new List<AttributeValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    members.Add(ReadValue(ref reader));
                }

                return new AttributeValue.L(members);
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Number:
                return DynamoNumberJsonConverter.Number(ref reader);
            case JsonTokenType.Null:
                return new AttributeValue.NULL();
            default:
                return reader.GetBoolean();
        }
    }
}
