using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.Propagation;

/// <summary>Per shard, the ready_at behind which the next look starts its scan: before it lie only dead rows, probably.</summary>
/// <remarks>
/// Applied markers stay in the index as dead rows until VACUUM removes them, which another open transaction can hold up.
/// While a shard has a backlog its scans begin where the last one ended; once it is drained they look back a little, for
/// markers that commit after they became due. One that commits later than that waits for the next sweep, which goes
/// without hints; that is a delay, never a loss. A sweep that takes long makes the next one come later.
/// </remarks>
internal sealed class QueueScanHints(TimeProvider time) : IRuntimePart<QueueScanHints>
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostInterval = TimeSpan.FromMinutes(1);
    private static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime[] NoHints = [.. Enumerable.Repeat(Beginning, Shard.Count)];

    private readonly DateTime[] _from = [.. NoHints];
    private long _lastSweep = time.GetTimestamp();
    private long _interval = LeastInterval.Ticks;
    private bool _hasNone = true;

    public static QueueScanHints Create(ExtendDbRuntime runtime) => new(runtime.Time);

    /// <summary>Gets whether it is time for a sweep, or nothing is known yet.</summary>
    public bool IsSweepDue => _hasNone || time.GetElapsedTime(Interlocked.Read(ref _lastSweep)).Ticks >= Interlocked.Read(ref _interval);

    /// <summary>Gets whether a sweep is not longer than any other look, as far as the last one tells.</summary>
    public bool IsSweepCheap => Interlocked.Read(ref _interval) == LeastInterval.Ticks;

    /// <summary>Returns the bounds for all shards.</summary>
    public DateTime[] Current() => [.. _from];

    /// <summary>Returns the bounds for all shards to look from; at first, and every few seconds, none.</summary>
    /// <param name="isSweep">Whether there are none this time; then <see cref="Swept"/> is to be told how long the look took.</param>
    public DateTime[] Next(out bool isSweep)
    {
        var last = Interlocked.Read(ref _lastSweep);
        isSweep = IsSweepDue && Interlocked.CompareExchange(ref _lastSweep, time.GetTimestamp(), last) == last;
        return isSweep ? NoHints : Current();
    }

    /// <summary>Takes note of how long the look of a sweep took.</summary>
    public void Swept(TimeSpan took)
    {
        var rest = DutyCycle.Of(took, atLeast: LeastInterval);
        Interlocked.Exchange(ref _interval, (rest < MostInterval ? rest : MostInterval).Ticks);
        Interlocked.Exchange(ref _lastSweep, time.GetTimestamp());
    }

    /// <summary>Takes note that the oldest marker of a shard may be one of an instant, and none is older.</summary>
    /// <param name="readyAt">The instant.</param>
    /// <param name="looked">
    /// The bound with which that was found; if it is another one now, a sweep has found an older marker meanwhile, and counts.
    /// </param>
    public void From(short shard, DateTime readyAt, DateTime? looked = null)
    {
        if (looked is null || looked == _from[shard])
        {
            _from[shard] = readyAt;
            _hasNone = false;
        }
    }

    /// <summary>Takes note that a shard has no marker left that is due by now.</summary>
    public void Drained(short shard, DateTime now, DateTime? looked = null) => From(shard, now - Margin, looked);
}
