using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>An item before and after a write.</summary>
/// <param name="Target">The item's table and key.</param>
/// <param name="Before">The attributes before; null when there was no item.</param>
/// <param name="After">The attributes after; null when there is no item.</param>
internal sealed record ItemChange(ItemTarget Target, AttributeMap? Before, AttributeMap? After);
