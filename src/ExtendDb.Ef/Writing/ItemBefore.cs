using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>The stored item before a change: its attributes, its absence, or unknown.</summary>
internal readonly record struct ItemBefore
{
    private ItemBefore(bool isKnown, AttributeMap? document) => (IsKnown, Document) = (isKnown, document);

    /// <summary>
    /// Gets the unknown state, in which a change enqueues a marker for every global index of the table.
    /// </summary>
    public static ItemBefore Unknown => default;

    /// <summary>Gets the state of an item that did not exist.</summary>
    public static ItemBefore Absent => new(isKnown: true, document: null);

    public bool IsKnown { get; }

    /// <summary>Gets the attributes; null when the item did not exist or the state is unknown.</summary>
    public AttributeMap? Document { get; }

    /// <summary>Returns the state of an item that was read; null when it did not exist.</summary>
    public static ItemBefore Of(Item? stored) => stored is null ? Absent : Stored(stored.Document);

    /// <summary>Returns the state of an item with known attributes.</summary>
    public static ItemBefore Stored(AttributeMap document) => new(isKnown: true, document);
}
