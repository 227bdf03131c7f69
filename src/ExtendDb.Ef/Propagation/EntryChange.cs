using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Propagation;

/// <summary>What has to be written to one index for one item.</summary>
/// <param name="TableId">The table's number.</param>
/// <param name="IndexId">The index's number.</param>
/// <param name="Item">Where the item stands.</param>
/// <param name="Entry">The entry; null when the item is not in the index.</param>
/// <param name="Unreadable">Why the item could not be projected; null when it could.</param>
internal sealed record EntryChange(
    int TableId, int IndexId, ItemKey Item, EntryRow? Entry, Exception? Unreadable = null);

/// <summary>The columns of an entry beside its primary key.</summary>
/// <param name="Key">Where the entry stands in its index.</param>
/// <param name="Document">The projected attributes as jsonb takes them.</param>
/// <param name="SizeBytes">Their size.</param>
internal sealed record EntryRow(ItemKey Key, byte[] Document, int SizeBytes)
{
    public static EntryRow Of(ProjectedEntry projected) =>
        new(projected.Key, StoredDocument.Write(projected.Document), projected.SizeBytes);
}
