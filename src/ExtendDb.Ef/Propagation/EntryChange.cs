using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Propagation;

/// <summary>The new state of the entry of one item in one index.</summary>
/// <param name="TableId">The id of the table.</param>
/// <param name="IndexId">The id of the index.</param>
/// <param name="Item">The primary key of the item.</param>
/// <param name="Entry">The entry; null when the item is not in the index.</param>
/// <param name="Unreadable">The error because of which the item could not be projected; otherwise null.</param>
internal sealed record EntryChange(
    int TableId, int IndexId, ItemKey Item, EntryRow? Entry, Exception? Unreadable = null);

/// <summary>The columns of an entry beside its primary key.</summary>
/// <param name="Key">The key of the entry in its index.</param>
/// <param name="Document">The projected attributes as a jsonb document.</param>
/// <param name="SizeBytes">The size of the projected attributes in bytes.</param>
internal sealed record EntryRow(ItemKey Key, byte[] Document, int SizeBytes)
{
    public static EntryRow Of(ProjectedEntry projected) =>
        new(projected.Key, StoredDocument.Write(projected.Document), projected.SizeBytes);
}
