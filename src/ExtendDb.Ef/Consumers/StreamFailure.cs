namespace ExtendDb.Ef;

/// <summary>What a consumer does with a record that has failed too often.</summary>
public enum StreamFailure
{
    /// <summary>The shard stops until <c>extenddb streams retry</c>; the records keep their order.</summary>
    StopShard,

    /// <summary>
    /// The record is copied with its error and tried again later, at most once an hour; later records of the same item come first.
    /// </summary>
    SetAside,
}
