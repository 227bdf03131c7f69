namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>gsi_pending</c>, a marker: the entries of one item in some indexes are out of date.</summary>
/// <remarks>It holds no image of the item. Who applies it reads the item as it is then.</remarks>
public class GsiPending
{
    /// <summary>Gets the part of the queue that the item's key belongs to.</summary>
    public required short Shard { get; init; }

    /// <summary>Gets the instant before which the marker is not applied.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>Gets the number that makes the key unique; its order means nothing.</summary>
    public long Id { get; private set; }

    /// <summary>Gets the table's number.</summary>
    public required int TableId { get; init; }

    /// <summary>Gets the partition hash of the item.</summary>
    public required Guid PartitionHash { get; init; }

    /// <summary>Gets the sort key of the item.</summary>
    public required byte[] SortKey { get; init; }

    /// <summary>Gets the numbers of the indexes to refresh.</summary>
    public required int[] IndexIds { get; init; }
}
