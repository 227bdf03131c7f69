using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>Computes the markers that a change of an item needs.</summary>
internal static class Markers
{
    /// <summary>
    /// Returns one marker for each propagation delay among the global indexes that the change affects.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The key of the item.</param>
    /// <param name="before">The item before the change; when unknown, all global indexes count as affected.</param>
    /// <param name="after">The attributes after the change; null when the item is deleted.</param>
    /// <param name="now">The time of the database's clock.</param>
    public static IEnumerable<Marker> For(
        TableDefinition table, ItemKey item, ItemBefore before, AttributeMap? after, DateTimeOffset now)
    {
        var delays = table.GlobalIndexes
            .Where(index => !before.IsKnown || index.EntryDiffers(before.Document, after))
            .GroupBy(index => index.PropagationDelay, index => index.Id);
        foreach (var delay in delays)
        {
            yield return new(
                new GsiPending
                {
                    Shard = Shard.Of(item),
                    ReadyAt = now + delay.Key,
                    TableId = table.Id,
                    PartitionHash = item.PartitionHash,
                    SortKey = item.SortKey,
                    IndexIds = [.. delay],
                },
                IsImmediate: delay.Key == TimeSpan.Zero);
        }
    }
}
