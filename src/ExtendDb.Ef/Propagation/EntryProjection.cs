using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime.Catalog;

namespace ExtendDb.Ef.Propagation;

/// <summary>Projects claimed items into the entries of their indexes.</summary>
internal static class EntryProjection
{
    /// <summary>
    /// Returns one change for each item and index; none for an index that does not exist.
    /// </summary>
    public static List<EntryChange> Changes(IReadOnlyCollection<ClaimedItem> items, Definitions definitions)
    {
        var changes = new List<EntryChange>(items.Count * 3);
        foreach (var item in items)
        {
            AttributeMap? document = null;
            var unreadable = item.Unreadable;
            try
            {
                document = item.Document is null ? null : StoredDocument.Read(item.Document);
            }
            catch (InternalServerErrorException broken)
            {
                unreadable = broken;
            }

            foreach (var id in item.IndexIds)
            {
                if (definitions.FindIndex(id) is { } index
                    && definitions.TableOf(index)?.Id == item.TableId)
                {
                    changes.Add(new(item.TableId, id, item.Key, Entry(item, document, index), unreadable));
                }
            }
        }

        return changes;
    }

    private static EntryRow? Entry(ClaimedItem item, AttributeMap? document, IndexDefinition index)
    {
        if (document is null || index.Project(document) is not { } projected)
        {
            return null;
        }

        // An entry of all attributes is the item's own document, which need not be written out again.
        return ReferenceEquals(projected.Document, document)
            ? new(projected.Key, item.Document!, item.SizeBytes)
            : EntryRow.Of(projected);
    }
}
