using System.Text;

namespace ExtendDb.Ef.Attributes;

/// <summary>The form in which documents stand in jsonb columns: DynamoDB JSON, with U+0000 escaped.</summary>
internal static class StoredDocument
{
    public static byte[] Write(AttributeMap document) => AttributeJson.WriteBytes(document, StringForm.Stored);

    public static string WriteText(AttributeMap document) => Encoding.UTF8.GetString(Write(document));

    public static AttributeMap Read(ReadOnlySpan<byte> utf8) => AttributeJson.ReadMap(utf8, StringForm.Stored);

    public static AttributeMap ReadText(string json) => Read(Encoding.UTF8.GetBytes(json));
}
