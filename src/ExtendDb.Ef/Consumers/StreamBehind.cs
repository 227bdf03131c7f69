namespace ExtendDb.Ef;

/// <summary>What a consumer does when records were trimmed that it has not handled.</summary>
public enum StreamBehind
{
    /// <summary>The shard stops until <c>extenddb streams reset</c>.</summary>
    StopShard,

    /// <summary>The consumer goes on with the oldest record that is left, and the log says how many it has missed.</summary>
    GoOn,
}
