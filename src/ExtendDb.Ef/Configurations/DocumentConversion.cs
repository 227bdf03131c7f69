using ExtendDb.Ef.Attributes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExtendDb.Ef.Configurations;

/// <summary>Maps a document to jsonb; documents are immutable, so a snapshot is the document itself.</summary>
internal static class DocumentConversion
{
    public static PropertyBuilder<AttributeMap> IsDocument(this PropertyBuilder<AttributeMap> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            document => StoredDocument.WriteText(document),
            json => StoredDocument.ReadText(json),
            new ValueComparer<AttributeMap>(
                (left, right) => left == right || (left != null && left.Equals(right)),
                document => document.GetHashCode(),
                document => document));
}
