using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.Propagation;

/// <summary>
/// The hint of each slot: the ready_at from which its next scan starts, because probably only dead rows lie before.
/// </summary>
/// <remarks>
/// Applied markers stay in the index as dead rows until VACUUM removes them, which another open transaction can hold
/// up. While a slot has a backlog, its scans start where the last one ended. Once the slot is drained, they start 2 s
/// before the last scan, for markers that commit after they became due. A marker that commits later than that waits for
/// the next sweep, which scans without hints; the marker is delayed, never lost. The longer a sweep takes, the later
/// the next one comes.
/// </remarks>
internal sealed class QueueScanHints(TimeProvider time) : IRuntimePart<QueueScanHints>
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostInterval = TimeSpan.FromMinutes(1);
    private static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime[] NoHints = [.. Enumerable.Repeat(Beginning, ItemSlot.Count)];

    private readonly DateTime[] _from = [.. NoHints];
    private long _lastSweep = time.GetTimestamp();
    private long _interval = LeastInterval.Ticks;
    private bool _hasNone = true;

    public static QueueScanHints Create(ExtendDbRuntime runtime) => new(runtime.Time);

    /// <summary>Gets whether a sweep is due, because its interval has passed or no hint is known yet.</summary>
    public bool IsSweepDue => _hasNone || time.GetElapsedTime(Interlocked.Read(ref _lastSweep)).Ticks >= Interlocked.Read(ref _interval);

    /// <summary>Gets whether the last sweep was so fast that the next one need not run in the background.</summary>
    public bool IsSweepCheap => Interlocked.Read(ref _interval) == LeastInterval.Ticks;

    /// <summary>Returns the hints of all slots.</summary>
    public DateTime[] Current() => [.. _from];

    /// <summary>
    /// Returns the hints for the next scan of all slots, or the earliest time for each slot when a sweep is due.
    /// </summary>
    /// <param name="isSweep">
    /// Whether the scan is a sweep; its duration is then to be reported to <see cref="Swept"/>.
    /// </param>
    public DateTime[] Next(out bool isSweep)
    {
        var last = Interlocked.Read(ref _lastSweep);
        isSweep = IsSweepDue && Interlocked.CompareExchange(ref _lastSweep, time.GetTimestamp(), last) == last;
        return isSweep ? NoHints : Current();
    }

    /// <summary>Sets the time of the next sweep from the duration of the last one.</summary>
    public void Swept(TimeSpan took)
    {
        var rest = DutyCycle.Of(took, atLeast: LeastInterval);
        Interlocked.Exchange(ref _interval, (rest < MostInterval ? rest : MostInterval).Ticks);
        Interlocked.Exchange(ref _lastSweep, time.GetTimestamp());
    }

    /// <summary>Sets the hint of a slot whose markers are all at least as new as a time.</summary>
    /// <param name="readyAt">The ready_at from which the next scan starts.</param>
    /// <param name="looked">
    /// The hint with which the scan was made, or null for a sweep. When the hint has changed since, a sweep has found
    /// an older marker, and its hint is kept.
    /// </param>
    public void From(short slot, DateTime readyAt, DateTime? looked = null)
    {
        if (looked is null || looked == _from[slot])
        {
            _from[slot] = readyAt;
            _hasNone = false;
        }
    }

    /// <summary>Sets the hint of a slot that has no due marker any more.</summary>
    public void Drained(short slot, DateTime now, DateTime? looked = null) => From(slot, now - Margin, looked);
}
