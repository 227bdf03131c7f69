using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Propagation;

/// <summary>An item that claimed markers name, in the state that the claim has read.</summary>
/// <param name="TableId">The id of the table.</param>
/// <param name="Key">The primary key of the item.</param>
/// <param name="IndexIds">The ids of the indexes to refresh.</param>
/// <param name="ReadyAt">The time at which the oldest of its markers became due.</param>
/// <param name="Document">The stored jsonb document; null when the item does not exist.</param>
/// <param name="SizeBytes">The size of the item in bytes; 0 when it does not exist.</param>
/// <param name="Unreadable">The error with which PostgreSQL refused to read the item; otherwise null.</param>
internal sealed record ClaimedItem(
    int TableId,
    ItemKey Key,
    int[] IndexIds,
    DateTime ReadyAt,
    byte[]? Document,
    int SizeBytes,
    Exception? Unreadable = null);
