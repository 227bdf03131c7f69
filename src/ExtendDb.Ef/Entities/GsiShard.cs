namespace ExtendDb.Ef.Entities;

/// <summary>A row of <c>gsi_shards</c>: who holds its lock applies the markers of that shard.</summary>
public sealed class GsiShard
{
    /// <summary>Gets the number, 0 to 31.</summary>
    public required short Shard { get; init; }
}
