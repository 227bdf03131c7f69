using System.Text.Json;
using ExtendDb.Ef.Attributes.Json;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>Writes attributes as the JSON from which a serializer reads an object.</summary>
internal sealed class DocumentWriter(DocumentShapes shapes)
{
    public void Write(Utf8JsonWriter writer, AttributeValue value, DocumentShape shape)
    {
        switch (shape.Form, value)
        {
            case (DocumentForm.AttributeValue, _):
                AttributeJson.Write(writer, value);
                break;
            case (DocumentForm.AttributeMap, AttributeValue.M map):
                AttributeJson.Write(writer, map.Value);
                break;
            case (DocumentForm.Object, AttributeValue.M map):
                WriteMembers(writer, map.Value, shape);
                break;
            case (DocumentForm.Dictionary, AttributeValue.M map):
                WriteEntries(writer, map.Value, shapes.Of(shape.Element));
                break;
            case (DocumentForm.List or DocumentForm.Set, AttributeValue.L list):
                writer.WriteStartArray();
                foreach (var element in list.Value)
                {
                    Write(writer, element, shapes.Of(shape.Element));
                }

                writer.WriteEndArray();
                break;
            default:
                PlainJson.WriteValue(writer, value);
                break;
        }
    }

    private void WriteMembers(Utf8JsonWriter writer, AttributeMap attributes, DocumentShape shape)
    {
        writer.WriteStartObject();

        // The serializer wants to read the type before the members, and jsonb keeps no order.
        var discriminator = shape.Discriminator is { } name && attributes.ContainsKey(name) ? name : null;
        if (discriminator is not null)
        {
            var type = attributes[discriminator];
            writer.WritePropertyName(discriminator);
            PlainJson.WriteValue(writer, type);
            shape = shape.DerivedTypes.TryGetValue(type, out var derived) ? shapes.Of(derived) : shape;
        }

        foreach (var (member, value) in attributes)
        {
            if (member != discriminator)
            {
                writer.WritePropertyName(member);
                Write(writer, value, shape.Members.TryGetValue(member, out var known) ? shapes.Of(known) : DocumentShape.Plain);
            }
        }

        foreach (var set in shape.EmptySets.Where(set => !attributes.ContainsKey(set)))
        {
            writer.WriteStartArray(set);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void WriteEntries(Utf8JsonWriter writer, AttributeMap attributes, DocumentShape element)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in attributes)
        {
            writer.WritePropertyName(name);
            Write(writer, value, element);
        }

        writer.WriteEndObject();
    }
}
