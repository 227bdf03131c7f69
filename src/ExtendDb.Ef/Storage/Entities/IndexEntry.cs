namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>index_entries</c>: the entry of one item in one index.</summary>
public class IndexEntry
{
    /// <summary>Gets the id of the index.</summary>
    public required int IndexId { get; init; }

    /// <summary>Gets the partition hash of the item.</summary>
    public required Guid PartitionHash { get; init; }

    /// <summary>Gets the sort key of the item.</summary>
    public required byte[] SortKey { get; init; }

    /// <summary>Gets the slot of the item.</summary>
    public required short Slot { get; init; }

    /// <summary>Gets the hash of the partition key of the index.</summary>
    public required Guid KeyHash { get; set; }

    /// <summary>Gets the sort key of the index; empty when the index has none.</summary>
    public required byte[] KeySort { get; set; }

    /// <summary>Gets the projected attributes.</summary>
    public required AttributeMap Document { get; set; }

    /// <summary>Gets the size of the projected attributes in bytes, as DynamoDB counts it.</summary>
    public required int SizeBytes { get; set; }
}
