namespace ExtendDb.Ef.Model;

/// <summary>The response of GetRecords.</summary>
public sealed record GetRecordsResponse
{
    /// <summary>Gets the records, in the order of their sequence numbers; empty when there are none at present.</summary>
    public required IReadOnlyList<StreamRecord> Records { get; init; }

    /// <summary>Gets the place behind the records; null when the shard gets no more records and all have been read.</summary>
    public string? NextShardIterator { get; init; }
}
