namespace ExtendDb.Ef;

/// <summary>
/// The treatment of writes while global indexes of their table lag; each value includes the ones before it.
/// </summary>
public enum GsiBackpressure
{
    /// <summary>Writes are neither delayed nor refused.</summary>
    Off,

    /// <summary>After its commit a write waits for <c>(lag/limit)³</c> of a second, at most one.</summary>
    Delay,

    /// <summary>Above half of the limit a write applies a batch of markers after its commit.</summary>
    Assist,

    /// <summary>
    /// At the limit a write applies a batch and is refused with DynamoDB's ProvisionedThroughputExceededException, until
    /// the lag is down to 70 % of the limit.
    /// </summary>
    Reject,
}
