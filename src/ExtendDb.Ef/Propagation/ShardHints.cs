using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Propagation;

/// <summary>Per shard, the ready_at behind which the next claim starts its scan: before it lie only dead rows, probably.</summary>
/// <remarks>
/// Applied markers stay in the index as dead rows until VACUUM removes them, which another open transaction can hold up.
/// A marker that commits late, with a ready_at before the hint, waits for the next sweep, which goes without hints; that
/// is a delay, never a loss.
/// </remarks>
internal sealed class ShardHints(TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime[] NoHints = [.. Enumerable.Repeat(Beginning, Shard.Count)];

    private readonly DateTime[] _from = [.. NoHints];
    private long _lastSweep = time.GetTimestamp();

    /// <summary>Returns the bounds for all shards; every few seconds none, so that nothing is missed for long.</summary>
    public DateTime[] Next()
    {
        if (time.GetElapsedTime(Interlocked.Read(ref _lastSweep)) < SweepInterval)
        {
            return [.. _from];
        }

        Interlocked.Exchange(ref _lastSweep, time.GetTimestamp());
        return NoHints;
    }

    /// <summary>Takes note that a shard has no marker left that was due before an instant.</summary>
    public void Done(short shard, DateTime upTo, DateTime now) =>
        _from[shard] = upTo < now - Margin ? upTo : now - Margin;
}
