using ExtendDb.Ef.Model;
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
