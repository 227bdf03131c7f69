using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.Model;

/// <summary>Reads and writes DynamoDB JSON, such as <c>{"Year":{"N":"2013"}}</c>, as UTF-8 without an intermediate tree.</summary>
/// <remarks>Source: DynamoDB developer guide, DynamoDB low-level API, Data type descriptors.</remarks>
public static class AttributeJson
{
    /// <summary>
    /// The largest depth of JSON: 2 levels for each of DynamoDB's 32, and the levels of the request around them.
    /// </summary>
    internal const int MaxDepth = 128;

    private const string NoType = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";

    internal static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    // Only characters that JSON itself demands are escaped, because the text is never part of HTML. Too deep nesting is
    // refused elsewhere, with a message that may show the value.
    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = int.MaxValue,
        SkipValidation = true,
    };

    /// <summary>Writes a map of attributes as one JSON object.</summary>
    /// <param name="writer">The writer for the JSON.</param>
    /// <param name="attributes">The attributes; an empty map becomes <c>{}</c>.</param>
    public static void Write(Utf8JsonWriter writer, AttributeMap attributes) =>
        WriteMap(writer, attributes, NulEscaping.Plain);

    /// <summary>Writes one value with its type descriptor.</summary>
    /// <param name="writer">The writer for the JSON.</param>
    public static void Write(Utf8JsonWriter writer, AttributeValue value) =>
        WriteValue(writer, value, NulEscaping.Plain);

    /// <summary>
    /// Reads a map of attributes, from its opening brace, where the reader must be, to its closing brace.
    /// </summary>
    /// <param name="reader">The reader of the JSON; its depth limit bounds the nesting.</param>
    /// <returns>The attributes.</returns>
    /// <exception cref="JsonException">The JSON has another shape than DynamoDB's, or names an attribute twice.</exception>
    /// <exception cref="ValidationException">A value breaks a rule: a number out of range, an empty set.</exception>
    public static AttributeMap ReadMap(ref Utf8JsonReader reader) => Decoded(ref reader, NulEscaping.Plain, ReadMap);

    /// <summary>
    /// Reads one value with its type descriptor, from its opening brace, where the reader must be, to its closing
    /// brace.
    /// </summary>
    /// <param name="reader">The reader of the JSON; its depth limit bounds the nesting.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The JSON has another shape than DynamoDB's.</exception>
    /// <exception cref="ValidationException">A value breaks a rule: a number out of range, an empty set.</exception>
    public static AttributeValue ReadValue(ref Utf8JsonReader reader) => Decoded(ref reader, NulEscaping.Plain, ReadValue);

    /// <summary>Reads a map of attributes from a complete JSON text.</summary>
    /// <param name="utf8">One JSON object.</param>
    /// <returns>The attributes.</returns>
    /// <exception cref="JsonException">The text is not JSON, or has another shape than DynamoDB's.</exception>
    /// <exception cref="ValidationException">A value breaks a rule: a number out of range, an empty set.</exception>
    public static AttributeMap ReadMap(ReadOnlySpan<byte> utf8) => ReadMap(utf8, NulEscaping.Plain);

    internal static AttributeMap ReadMap(ReadOnlySpan<byte> utf8, NulEscaping form)
    {
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        reader.Read();
        var attributes = Decoded(ref reader, form, ReadMap);
        return reader.Read() ? throw new UnexpectedJsonException("There is more behind the end of the JSON.") : attributes;
    }

    internal static byte[] WriteBytes(AttributeMap attributes, NulEscaping form)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteMap(writer, attributes, form);
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static string WriteString(AttributeMap attributes) =>
        Encoding.UTF8.GetString(WriteBytes(attributes, NulEscaping.Plain));

    internal static string WriteString(AttributeValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMap(Utf8JsonWriter writer, AttributeMap attributes, NulEscaping form)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in attributes)
        {
            writer.WritePropertyName(form.Encode(name));
            WriteValue(writer, value, form);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, AttributeValue value, NulEscaping form)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case AttributeValue.S s:
                writer.WriteString("S"u8, form.Encode(s.Value));
                break;
            case AttributeValue.N n:
                writer.WriteString("N"u8, n.Value.ToString());
                break;
            case AttributeValue.B b:
                writer.WriteBase64String("B"u8, b.Value.Span);
                break;
            case AttributeValue.BOOL b:
                writer.WriteBoolean("BOOL"u8, b.Value);
                break;
            case AttributeValue.NULL:
                writer.WriteBoolean("NULL"u8, true);
                break;
            case AttributeValue.M m:
                writer.WritePropertyName("M"u8);
                WriteMap(writer, m.Value, form);
                break;
            case AttributeValue.L l:
                writer.WriteStartArray("L"u8);
                foreach (var member in l.Value)
                {
                    WriteValue(writer, member, form);
                }

                writer.WriteEndArray();
                break;
            case AttributeValue.SS set:
                writer.WriteStartArray("SS"u8);
                foreach (var member in set.Value)
                {
                    writer.WriteStringValue(form.Encode(member));
                }

                writer.WriteEndArray();
                break;
            case AttributeValue.NS set:
                writer.WriteStartArray("NS"u8);
                foreach (var member in set.Value)
                {
                    writer.WriteStringValue(member.ToString());
                }

                writer.WriteEndArray();
                break;
            case AttributeValue.BS set:
                writer.WriteStartArray("BS"u8);
                foreach (var member in set.Value)
                {
                    writer.WriteBase64StringValue(member.Span);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentNullException(nameof(value));
        }

        writer.WriteEndObject();
    }

    private static T Decoded<T>(ref Utf8JsonReader reader, NulEscaping form, PartReader<T> read)
    {
        try
        {
            return read(ref reader, form);
        }
        catch (InvalidOperationException undecodable)
        {
            // The reader throws this for half a surrogate pair, and for bytes that are not UTF-8.
            throw new UnexpectedJsonException($"A string before byte {reader.BytesConsumed} is no Unicode text.", undecodable);
        }
    }

    private static AttributeMap ReadMap(ref Utf8JsonReader reader, NulEscaping form)
    {
        Expect(ref reader, JsonTokenType.StartObject, UnexpectedJson.Map);
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        while (ReadWithin(ref reader) != JsonTokenType.EndObject)
        {
            var name = form.Decode(reader.GetString()!);
            ReadWithin(ref reader);
            if (!attributes.TryAdd(name, ReadValue(ref reader, form)))
            {
                throw new UnexpectedJsonException($"The attribute '{name}' is given twice.");
            }
        }

        return AttributeMap.Owning(attributes);
    }

    private static AttributeValue ReadValue(ref Utf8JsonReader reader, NulEscaping form)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            throw new ValidationException(NoType);
        }

        Expect(ref reader, JsonTokenType.StartObject, UnexpectedJson.Structure);
        AttributeValue? value = null;
        while (ReadWithin(ref reader) != JsonTokenType.EndObject)
        {
            var type = TypeNamed(ref reader);
            if (ReadWithin(ref reader) == JsonTokenType.Null)
            {
                // A member with the value null counts as missing.
            }
            else if (type is not { } known)
            {
                reader.Skip();
            }
            else if (value is null)
            {
                value = ReadTyped(ref reader, form, known);
            }
            else
            {
                throw new ValidationException(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
                    + "datatypes");
            }
        }

        return value ?? throw new ValidationException(NoType);
    }

    private static AttributeValue ReadTyped(ref Utf8JsonReader reader, NulEscaping form, AttributeType type) => type switch
    {
        AttributeType.S => new AttributeValue.S(form.Decode(ReadString(ref reader))),
        AttributeType.N => new AttributeValue.N(DynamoNumber.Parse(ReadString(ref reader))),
        AttributeType.B => new AttributeValue.B(ReadBinary(ref reader)),
        AttributeType.BOOL => new AttributeValue.BOOL(ReadBoolean(ref reader)),
        AttributeType.NULL => ReadBoolean(ref reader)
            ? new AttributeValue.NULL()
            : throw ValidationException.InvalidParameter("Null attribute value types must have the value of true"),
        AttributeType.M => new AttributeValue.M(ReadMap(ref reader, form)),
        AttributeType.L => new AttributeValue.L(ReadArray(ref reader, form, ReadValue)),
        AttributeType.SS => new AttributeValue.SS(
            ReadArray(ref reader, form, (ref r, f) => f.Decode(ReadString(ref r)))),
        AttributeType.NS => new AttributeValue.NS(
            ReadArray(ref reader, form, (ref r, _) => DynamoNumber.Parse(ReadString(ref r)))),
        _ => new AttributeValue.BS(
            ReadArray<ReadOnlyMemory<byte>>(ref reader, form, (ref r, _) => ReadBinary(ref r))),
    };

    private delegate T PartReader<out T>(ref Utf8JsonReader reader, NulEscaping form);

    private static List<T> ReadArray<T>(ref Utf8JsonReader reader, NulEscaping form, PartReader<T> readPart)
    {
        Expect(ref reader, JsonTokenType.StartArray, UnexpectedJson.List);
        var members = new List<T>();
        while (ReadWithin(ref reader) != JsonTokenType.EndArray)
        {
            members.Add(readPart(ref reader, form));
        }

        return members;
    }

    private static AttributeType? TypeNamed(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("S"u8) ? AttributeType.S
        : reader.ValueTextEquals("N"u8) ? AttributeType.N
        : reader.ValueTextEquals("B"u8) ? AttributeType.B
        : reader.ValueTextEquals("BOOL"u8) ? AttributeType.BOOL
        : reader.ValueTextEquals("NULL"u8) ? AttributeType.NULL
        : reader.ValueTextEquals("M"u8) ? AttributeType.M
        : reader.ValueTextEquals("L"u8) ? AttributeType.L
        : reader.ValueTextEquals("SS"u8) ? AttributeType.SS
        : reader.ValueTextEquals("NS"u8) ? AttributeType.NS
        : reader.ValueTextEquals("BS"u8) ? AttributeType.BS
        : null;

    private static string ReadString(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String, UnexpectedJson.String);
        return reader.GetString()!;
    }

    private static byte[] ReadBinary(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String, UnexpectedJson.Blob);
        return reader.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new UnexpectedJsonException("The value is not valid base64");
    }

    private static bool ReadBoolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw UnexpectedJson.At(reader.TokenType, UnexpectedJson.Boolean),
    };

    private static JsonTokenType ReadWithin(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw new UnexpectedJsonException("The JSON ends too early.");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string expected)
    {
        if (reader.TokenType != type)
        {
            throw UnexpectedJson.At(reader.TokenType, expected);
        }
    }
}
