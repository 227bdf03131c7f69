using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Writing;

/// <summary>One item that a save changes: an instance that is removed and one that is added in its place are one change.</summary>
/// <param name="Before">What was stored before.</param>
/// <param name="After">The attributes that the save leaves; null when it deletes the item.</param>
/// <param name="Current">The entry that is inserted or updated; null when the item is deleted.</param>
/// <param name="Old">The entry that is updated or deleted; null when the item is new.</param>
internal sealed record SavedItem(
    ItemBefore Before, AttributeMap? After, EntityEntry<Item>? Current, EntityEntry<Item>? Old)
{
    /// <summary>Gets whether the save leaves the stored attributes as they are, whatever the instance says they are.</summary>
    public bool KeepsDocument => Current is not null && Current == Old && Keeps(Current);

    /// <summary>Returns whether EF writes other columns of an entry than its attributes.</summary>
    public static bool Keeps(EntityEntry<Item> entry) =>
        entry.State == EntityState.Modified && !entry.Property(item => item.Document).IsModified;

    /// <summary>Returns whether another look at the same item found the same change.</summary>
    public bool Is(SavedItem other) =>
        ReferenceEquals(After, other.After)
        && Before.IsKnown == other.Before.IsKnown
        && ReferenceEquals(Before.Document, other.Before.Document)
        && Current?.State == other.Current?.State;
}

/// <summary>Finds the items that a save changes.</summary>
internal static class SavedItems
{
    /// <summary>Returns the changed items that a context tracks.</summary>
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

    /// <summary>As <see cref="Of"/>, for items whose changes EF has detected: what changed later is not part of the save.</summary>
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

    // An instance tells what is stored only for the version with which it was read. One that was attached with another
    // version, or whose original values were changed by hand, does not.
    private static ItemBefore Stored(EntityEntry<Item> entry) =>
        entry.Entity.Stored is { } stored
        && stored.Version == entry.Property<long>(nameof(Item.Version)).OriginalValue
            ? ItemBefore.Stored(stored.Document)
            : ItemBefore.Unknown;
}
