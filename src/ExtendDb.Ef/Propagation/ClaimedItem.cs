using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Propagation;

/// <summary>An item that claimed markers name, as it is now.</summary>
/// <param name="TableId">The table's number.</param>
/// <param name="Key">Where the item stands.</param>
/// <param name="IndexIds">The indexes to refresh.</param>
/// <param name="ReadyAt">When the oldest of its markers became due.</param>
/// <param name="Document">The item as it stands in jsonb; null when it is gone.</param>
/// <param name="SizeBytes">The item's size.</param>
internal sealed record ClaimedItem(int TableId, ItemKey Key, int[] IndexIds, DateTime ReadyAt, byte[]? Document, int SizeBytes);
