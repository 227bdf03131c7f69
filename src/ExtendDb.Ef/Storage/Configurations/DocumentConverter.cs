using System.ComponentModel;
using ExtendDb.Ef.Attributes;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExtendDb.Ef.Model;

/// <summary>Converts the attributes of an item to the text of their jsonb column, and back.</summary>
/// <remarks>The class is public because compiled models of users' contexts name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DocumentConverter() : ValueConverter<AttributeMap, string>(
    document => StoredDocument.WriteText(document),
    json => StoredDocument.ReadText(json));
