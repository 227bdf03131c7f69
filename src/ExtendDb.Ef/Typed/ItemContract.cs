using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>Turns objects into attributes and back, by their JSON contracts.</summary>
internal sealed class ItemContract
{
    private readonly JsonSerializerOptions _options;
    private readonly bool _keepNulls;
    private readonly DocumentReader _reader;
    private readonly DocumentWriter _writer;

    public ItemContract(JsonSerializerOptions options, bool keepNulls)
    {
        (_options, _keepNulls) = (options, keepNulls);
        Shapes = new(options);
        _reader = new(Shapes, keepNulls);
        _writer = new(Shapes);
    }

    public DocumentShapes Shapes { get; }

    /// <summary>Returns a contract whose values have a converter, which one member has and its type does not.</summary>
    public ItemContract With(JsonConverter converter)
    {
        var options = new JsonSerializerOptions(_options);
        options.Converters.Insert(0, converter);
        return new(options, _keepNulls);
    }

    /// <summary>Returns the attribute of a value, as a member of its type is stored.</summary>
    /// <exception cref="InvalidOperationException">No contract knows the type.</exception>
    /// <exception cref="ValidationException">A number is out of DynamoDB's range.</exception>
    public AttributeValue ToValue(object? value) => value switch
    {
        null => new AttributeValue.NULL(),
        AttributeValue attribute => attribute,
        AttributeMap map => map,
        _ when _options.TryGetTypeInfo(value.GetType(), out var contract) => ToValue(value, contract),
        string text => text,
        bool boolean => boolean,
        DynamoNumber number => number,
        byte[] binary => binary,
        byte or sbyte or short or ushort or int or uint or long or ulong or decimal or float or double =>
            DynamoNumber.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException(
            $"The JSON contracts of the table have none for {value.GetType()}. Add [JsonSerializable(typeof({value.GetType().Name}))] "
            + "to the JsonSerializerContext, or pass an AttributeValue."),
    };

    /// <summary>Returns the attribute of a value by one contract.</summary>
    public AttributeValue ToValue(object value, JsonTypeInfo contract)
    {
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(value, contract), AttributeJson.ReaderOptions);
        reader.Read();
        return _reader.Read(ref reader, Shapes.Of(contract.Type));
    }

    /// <summary>Returns the object of a map.</summary>
    /// <exception cref="JsonException">The attributes do not fit the contract.</exception>
    public T ToObject<T>(AttributeMap attributes, JsonTypeInfo<T> contract)
        where T : class
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, AttributeJson.WriterOptions))
        {
            _writer.Write(writer, attributes, Shapes.Of(contract.Type));
        }

        return JsonSerializer.Deserialize(buffer.WrittenSpan, contract)
            ?? throw new JsonException($"The converter of {contract.Type} read null from an item.");
    }
}
