using System.Text;
using System.Text.Json;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Attributes;

/// <summary>Reads and writes the documents of jsonb columns: DynamoDB JSON with U+0000 escaped.</summary>
internal static class StoredDocument
{
    public static byte[] Write(AttributeMap document) => AttributeJson.WriteBytes(document, NulEscaping.Stored);

    public static string WriteText(AttributeMap document) => Encoding.UTF8.GetString(Write(document));

    /// <summary>Reads a document.</summary>
    /// <exception cref="InternalServerErrorException">
    /// The document is not DynamoDB JSON, so another program has written it.
    /// </exception>
    public static AttributeMap Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return AttributeJson.ReadMap(utf8, NulEscaping.Stored);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ValidationException)
        {
            throw new InternalServerErrorException("A stored document cannot be read: " + unreadable.Message, unreadable);
        }
    }

    public static AttributeMap ReadText(string json) => Read(Encoding.UTF8.GetBytes(json));
}
