using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Writing;

/// <summary>Finds the items that a save changes.</summary>
internal static class SavedItems
{
    /// <summary>Returns the changed items that a context tracks, by table and key.</summary>
    public static Dictionary<(int Table, ItemKey Key), SavedItem> Of(DbContext context)
    {
        var items = new Dictionary<(int Table, ItemKey Key), SavedItem>();
        foreach (var entry in context.ChangeTracker.Entries<Item>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            var key = (entry.Entity.TableId, entry.Entity.Key);
            var (before, after, current, old) = items.TryGetValue(key, out var other)
                ? other
                : new(ItemBefore.Absent, null, null, null);
            if (entry.State != EntityState.Added)
            {
                (before, old) = (Stored(entry), entry);
            }

            if (entry.State != EntityState.Deleted)
            {
                var keeps = SavedItem.Keeps(entry) && before.IsKnown;
                (after, current) = (keeps ? before.Document : entry.Entity.Document, entry);
            }

            items[key] = new(before, after, current, old);
        }

        return items;
    }

    /// <summary>
    /// Returns changed items like <see cref="Of"/>, but without detecting changes: the save contains only the changes
    /// that EF has already detected.
    /// </summary>
    public static Dictionary<(int Table, ItemKey Key), SavedItem> OfDetected(DbContext context)
    {
        var detects = context.ChangeTracker.AutoDetectChangesEnabled;
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return Of(context);
        }
        finally
        {
            context.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    // An instance knows the stored attributes only for the version with which it was read. An instance that was
    // attached with another version, or whose original values were changed by hand, does not know them.
    private static ItemBefore Stored(EntityEntry<Item> entry) =>
        entry.Entity.Stored is { } stored
        && stored.Version == entry.Property<long>(nameof(Item.Version)).OriginalValue
            ? ItemBefore.Stored(stored.Document)
            : ItemBefore.Unknown;
}
