using System.Text.Json;
using ExtendDb.Ef.Attributes.Json;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>Reads JSON that a serializer has written of an object, as the attributes that its type asks for.</summary>
internal sealed class DocumentReader(DocumentShapes shapes, bool keepNulls)
{
    /// <summary>Reads the value at which a reader is, and leaves the reader at its end.</summary>
    public AttributeValue Read(ref Utf8JsonReader reader, DocumentShape shape) => (shape.Form, reader.TokenType) switch
    {
        (DocumentForm.AttributeValue, JsonTokenType.StartObject) => AttributeJson.ReadValue(ref reader),
        (DocumentForm.AttributeMap, JsonTokenType.StartObject) => AttributeJson.ReadMap(ref reader),
        (DocumentForm.Binary, JsonTokenType.String) => reader.GetBytesFromBase64(),
        (DocumentForm.Object, JsonTokenType.StartObject) => ReadMembers(ref reader, Derived(reader, shape)),
        (DocumentForm.Dictionary, JsonTokenType.StartObject) => ReadEntries(ref reader, shapes.Of(shape.Element)),
        (DocumentForm.List, JsonTokenType.StartArray) => new AttributeValue.L(ReadElements(ref reader, shape)),
        (DocumentForm.Set, JsonTokenType.StartArray) => Set(ReadElements(ref reader, shape)),
        _ => PlainJson.ReadValue(ref reader),
    };

    private AttributeMap ReadMembers(ref Utf8JsonReader reader, DocumentShape shape)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!shape.Members.TryGetValue(name, out var member))
            {
                attributes[name] = PlainJson.ReadValue(ref reader);
                continue;
            }

            var isNull = reader.TokenType == JsonTokenType.Null;
            var form = shapes.Of(member);
            var value = Read(ref reader, form);

            // DynamoDB has no empty sets: one is stored as no attribute.
            if ((!isNull || keepNulls) && !(form.Form == DocumentForm.Set && value is AttributeValue.L { Count: 0 }))
            {
                attributes[name] = value;
            }
        }

        return AttributeMap.Owning(attributes);
    }

    private AttributeMap ReadEntries(ref Utf8JsonReader reader, DocumentShape element)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            attributes[name] = Read(ref reader, element);
        }

        return AttributeMap.Owning(attributes);
    }

    private List<AttributeValue> ReadElements(ref Utf8JsonReader reader, DocumentShape shape)
    {
        var element = shapes.Of(shape.Element);
        var elements = new List<AttributeValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(Read(ref reader, element));
        }

        return elements;
    }

    private static AttributeValue Set(List<AttributeValue> elements) => elements switch
    {
        [] => new AttributeValue.L(),
        _ when elements.TrueForAll(element => element is AttributeValue.S) =>
            new AttributeValue.SS(elements.Select(element => ((AttributeValue.S)element).Value)),
        _ when elements.TrueForAll(element => element is AttributeValue.N) =>
            new AttributeValue.NS(elements.Select(element => ((AttributeValue.N)element).Value)),
        _ when elements.TrueForAll(element => element is AttributeValue.B) =>
            new AttributeValue.BS(elements.Select(element => ((AttributeValue.B)element).Value)),
        _ => new AttributeValue.L(elements),
    };

    /// <summary>Returns the shape of the derived type that an object names; the serializer writes its name first.</summary>
    private DocumentShape Derived(Utf8JsonReader ahead, DocumentShape shape) =>
        shape.Discriminator is { } discriminator && ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName
            && ahead.ValueTextEquals(discriminator) && ahead.Read()
            && shape.DerivedTypes.TryGetValue(PlainJson.ReadValue(ref ahead), out var derived)
                ? shapes.Of(derived)
                : shape;
}
