namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>gsi_quarantine</c>: an item's entry in one index that could not be applied, and why.</summary>
public class GsiQuarantine
{
    /// <summary>Gets the index's number.</summary>
    public required int IndexId { get; init; }

    /// <summary>Gets the partition hash of the item.</summary>
    public required Guid PartitionHash { get; init; }

    /// <summary>Gets the sort key of the item.</summary>
    public required byte[] SortKey { get; init; }

    /// <summary>Gets the table's number.</summary>
    public required int TableId { get; init; }

    /// <summary>Gets PostgreSQL's error code; XX000 when the error came from elsewhere.</summary>
    public required string SqlState { get; init; }

    /// <summary>Gets the error.</summary>
    public required string Message { get; init; }

    /// <summary>Gets how often the entry was tried in vain.</summary>
    public required int Attempts { get; init; }

    /// <summary>Gets when it failed first.</summary>
    public required DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>Gets when it failed last.</summary>
    public required DateTimeOffset LastFailedAt { get; init; }
}
