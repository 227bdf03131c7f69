using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>What was stored of an item before a change, as far as that is known.</summary>
internal readonly record struct ItemBefore
{
    private ItemBefore(bool isKnown, AttributeMap? document) => (IsKnown, Document) = (isKnown, document);

    /// <summary>Gets what is not known: the row has to be looked at, or all indexes have to be refreshed.</summary>
    public static ItemBefore Unknown => default;

    /// <summary>Gets the absence of an item.</summary>
    public static ItemBefore Absent => new(isKnown: true, document: null);

    public bool IsKnown { get; }

    /// <summary>Gets the attributes; null when there was no item, and when that is not known.</summary>
    public AttributeMap? Document { get; }

    /// <summary>Makes what is known of an item.</summary>
    public static ItemBefore Stored(AttributeMap document) => new(isKnown: true, document);
}
