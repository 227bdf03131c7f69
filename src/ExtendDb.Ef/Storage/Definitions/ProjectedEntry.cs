using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>The entry that follows from an item for one index: its key in the index, and its attributes.</summary>
internal sealed record ProjectedEntry(ItemKey Key, AttributeMap Document)
{
    public int SizeBytes => ItemSize.Of(Document);
}
