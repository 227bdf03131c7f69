using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>An item before and after a write.</summary>
/// <param name="Target">The table and key of the item.</param>
/// <param name="Before">The attributes before the write; null when the item did not exist.</param>
/// <param name="After">The attributes after the write; null when the item does not exist.</param>
internal sealed record ItemChange(ItemTarget Target, AttributeMap? Before, AttributeMap? After);
