using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;

namespace ExtendDb.Ef.Writing;

/// <summary>Computes the entries of local indexes that a change of an item writes in its own transaction.</summary>
internal static class LocalEntries
{
    /// <summary>Returns the new state of each entry that the change affects; of all when the item before is unknown.</summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The key of the item.</param>
    /// <param name="before">The item before the change.</param>
    /// <param name="after">The attributes after the change; null when the item is deleted.</param>
    public static IEnumerable<EntryChange> Of(TableDefinition table, ItemKey item, ItemBefore before, AttributeMap? after)
    {
        foreach (var index in table.LocalIndexes)
        {
            var old = before.Document is { } document ? index.Project(document) : null;
            var now = after is null ? null : index.Project(after);
            if (!before.IsKnown || !Equals(old?.Document, now?.Document))
            {
                yield return new(table.Id, index.Id, item, now is null ? null : EntryRow.Of(now));
            }
        }
    }
}
