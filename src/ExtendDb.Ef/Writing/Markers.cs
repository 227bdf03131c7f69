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
        TableDefinition table, ItemKey item, ItemBefore before, AttributeMap? after, DateTimeOffset now) =>
        Of(table, item, Affected(table, before, after), now);

    /// <summary>Returns the global indexes whose entry a change affects; all of them when the item before is unknown.</summary>
    public static IReadOnlyList<IndexDefinition> Affected(TableDefinition table, ItemBefore before, AttributeMap? after) =>
        before.IsKnown
            ? [.. table.GlobalIndexes.Where(index => index.EntryDiffers(before.Document, after))]
            : table.GlobalIndexes;

    /// <summary>
    /// Returns whether each change to some attributes affects all global indexes, whatever was stored before.
    /// </summary>
    public static bool AreNeverSuperfluous(TableDefinition table, AttributeMap after) => table.GlobalIndexes.All(
        index => index.Projection.ProjectionType == ProjectionType.ALL && index.Project(after) is not null);

    /// <summary>Returns one marker for each propagation delay among some indexes.</summary>
    public static IEnumerable<Marker> Of(
        TableDefinition table, ItemKey item, IReadOnlyList<IndexDefinition> indexes, DateTimeOffset now) =>
        from delay in indexes.GroupBy(index => index.PropagationDelay, index => index.Id)
        select new Marker(
            new GsiPending
            {
                Slot = item.Slot,
                ReadyAt = now + delay.Key,
                TableId = table.Id,
                PartitionHash = item.PartitionHash,
                SortKey = item.SortKey,
                IndexIds = [.. delay],
            },
            IsImmediate: delay.Key == TimeSpan.Zero);
}
