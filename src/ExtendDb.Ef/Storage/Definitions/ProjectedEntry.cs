using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>What an index holds of an item: where the entry stands in the index, and its attributes.</summary>
internal sealed record ProjectedEntry(ItemKey Key, AttributeMap Document)
{
    public int SizeBytes => ItemSize.Of(Document);
}
