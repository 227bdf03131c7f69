using ExtendDb.Ef.Attributes;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExtendDb.Ef.Storage.Linq;

/// <summary>Converts texts to the form in which documents hold them, with U+0000 escaped, and back.</summary>
internal sealed class StoredTextConverter() : ValueConverter<string, string>(
    text => NulEscaping.Stored.Encode(text),
    stored => NulEscaping.Stored.Decode(stored));
