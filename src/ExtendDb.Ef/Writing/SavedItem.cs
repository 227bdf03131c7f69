using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// The change that a save makes to one item; a removed instance and an added instance with the same key are one change.
/// </summary>
/// <param name="Before">The stored item before the save.</param>
/// <param name="After">The attributes after the save; null when the save deletes the item.</param>
/// <param name="Current">The entry that EF inserts or updates; null when the item is deleted.</param>
/// <param name="Old">The entry that EF updates or deletes; null when the item is new.</param>
internal sealed record SavedItem(
    ItemBefore Before, AttributeMap? After, EntityEntry<Item>? Current, EntityEntry<Item>? Old)
{
    /// <summary>
    /// Gets whether the save leaves the stored document as it is, even if the instance holds another document.
    /// </summary>
    public bool KeepsDocument => Current is not null && Current == Old && Keeps(Current);

    /// <summary>Returns whether EF updates the row of an entry, but not the document in it.</summary>
    public static bool Keeps(EntityEntry<Item> entry) =>
        entry.State == EntityState.Modified && !entry.Property(item => item.Document).IsModified;

    /// <summary>Returns whether a later look at the same item found the same change.</summary>
    public bool Is(SavedItem other) =>
        ReferenceEquals(After, other.After)
        && Before.IsKnown == other.Before.IsKnown
        && ReferenceEquals(Before.Document, other.Before.Document)
        && Current?.State == other.Current?.State;
}
