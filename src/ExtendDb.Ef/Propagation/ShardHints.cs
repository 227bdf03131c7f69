using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Propagation;

/// <summary>Per shard, the ready_at behind which the next claim starts its scan: before it lie only dead rows, probably.</summary>
/// <remarks>
/// Applied markers stay in the index as dead rows until VACUUM removes them, which another open transaction can hold up.
/// While a shard has a backlog its scans begin where the last one ended; once it is drained they look back a little, for
/// markers that commit after they became due. One that commits later than that waits for the next sweep, which goes
/// without hints; that is a delay, never a loss.
/// </remarks>
internal sealed class ShardHints(TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(2);
    private static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime[] NoHints = [.. Enumerable.Repeat(Beginning, Shard.Count)];

    private readonly DateTime[] _from = [.. NoHints];
    private long _lastSweep = time.GetTimestamp();

    /// <summary>Returns the bounds for all shards.</summary>
    public DateTime[] Current() => [.. _from];

    /// <summary>Returns the bounds for all shards to claim from; every few seconds none, so that nothing is missed for long.</summary>
    public DateTime[] Next()
    {
        if (time.GetElapsedTime(Interlocked.Read(ref _lastSweep)) < SweepInterval)
        {
            return Current();
        }

        Interlocked.Exchange(ref _lastSweep, time.GetTimestamp());
        return NoHints;
    }

    /// <summary>Takes note that a shard has more due markers than were claimed; the last one was due at an instant.</summary>
    public void ClaimedUpTo(short shard, DateTime readyAt) => _from[shard] = readyAt;

    /// <summary>Takes note that a shard has no marker left that is due by now.</summary>
    public void Drained(short shard, DateTime now) => _from[shard] = now - Margin;
}
