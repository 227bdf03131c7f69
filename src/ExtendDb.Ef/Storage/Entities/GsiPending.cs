namespace ExtendDb.Ef.Model;

/// <summary>
/// A row of <c>gsi_pending</c>: a marker, which says that the entries of one item in some indexes are out of date.
/// </summary>
/// <remarks>A marker holds no image of the item; the worker that applies it reads the item as it is then.</remarks>
public class GsiPending
{
    /// <summary>Gets the slot of the item.</summary>
    public required short Slot { get; init; }

    /// <summary>Gets the time from which the marker can be applied.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>Gets the id that makes the primary key unique; its order means nothing.</summary>
    public long Id { get; private set; }

    /// <summary>Gets the id of the table.</summary>
    public required int TableId { get; init; }

    /// <summary>Gets the partition hash of the item.</summary>
    public required Guid PartitionHash { get; init; }

    /// <summary>Gets the sort key of the item.</summary>
    public required byte[] SortKey { get; init; }

    /// <summary>Gets the ids of the indexes to refresh.</summary>
    public required int[] IndexIds { get; init; }
}
