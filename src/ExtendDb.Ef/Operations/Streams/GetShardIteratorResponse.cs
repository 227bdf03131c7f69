namespace ExtendDb.Ef.Model;

/// <summary>The response of GetShardIterator.</summary>
public sealed record GetShardIteratorResponse
{
    /// <summary>Gets the place, which GetRecords takes within 15 minutes.</summary>
    public required string ShardIterator { get; init; }
}
