using System.ComponentModel;
using ExtendDb.Ef.Attributes;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExtendDb.Ef.Model;

/// <summary>Converts the attributes of an item to the text of their jsonb column, and back.</summary>
/// <remarks>It is public for the compiled models of users' contexts, which name it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DocumentConverter() : ValueConverter<AttributeMap, string>(
    document => StoredDocument.WriteText(document),
    json => StoredDocument.ReadText(json));
