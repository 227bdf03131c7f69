using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Catalog;

/// <summary>What an index holds of an item: where the entry stands in the index, and its attributes.</summary>
internal sealed record ProjectedEntry(ItemKey Key, AttributeMap Document)
{
    public int SizeBytes => ItemSize.Of(Document);
}
