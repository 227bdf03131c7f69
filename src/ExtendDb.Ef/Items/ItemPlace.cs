using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Items;

/// <summary>Where an item that a request names stands, or would stand.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">Its place in the table.</param>
/// <param name="Asked">Holds the key that was asked for, by which a stored item is checked.</param>
internal sealed record ItemPlace(TableDefinition Table, ItemKey Key, AttributeMap Asked)
{
    /// <summary>Tells whether two requests name one item twice.</summary>
    public static bool HasDuplicates(IReadOnlyCollection<ItemPlace> places) =>
        places.DistinctBy(place => (place.Table.Id, place.Key)).Count() < places.Count;
}
