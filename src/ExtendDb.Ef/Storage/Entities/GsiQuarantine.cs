namespace ExtendDb.Ef.Model;

/// <summary>
/// A row of <c>gsi_quarantine</c>: the entry of an item in one index that could not be applied, with the error.
/// </summary>
public class GsiQuarantine
{
    /// <summary>Gets the id of the index.</summary>
    public required int IndexId { get; init; }

    /// <summary>Gets the partition hash of the item.</summary>
    public required Guid PartitionHash { get; init; }

    /// <summary>Gets the sort key of the item.</summary>
    public required byte[] SortKey { get; init; }

    /// <summary>Gets the slot of the item.</summary>
    public required short Slot { get; init; }

    /// <summary>Gets the id of the table.</summary>
    public required int TableId { get; init; }

    /// <summary>Gets the SQLSTATE of the error; XX000 when PostgreSQL did not report it.</summary>
    public required string SqlState { get; init; }

    /// <summary>Gets the message of the error.</summary>
    public required string Message { get; init; }

    /// <summary>Gets the number of failed attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>Gets the time of the first failure.</summary>
    public required DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>Gets the time of the last failure.</summary>
    public required DateTimeOffset LastFailedAt { get; init; }

    /// <summary>Gets the time at which it is tried again; null while it waits in the queue.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
