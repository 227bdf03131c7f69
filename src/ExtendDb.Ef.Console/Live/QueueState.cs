using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.WebConsole.Live;

/// <summary>One reading of the queue, as the page shows it.</summary>
/// <param name="At">The time of the reading.</param>
/// <param name="Sample">The indexes, and what holds back VACUUM.</param>
/// <param name="EnqueuedPerSecond">How many markers were enqueued in a second since the reading before.</param>
/// <param name="AppliedPerSecond">How many markers were applied in a second since then.</param>
/// <param name="Slowed">The tables whose writes are slowed or refused by this process, or help.</param>
internal sealed record QueueState(
    DateTimeOffset At,
    QueueSample Sample,
    double EnqueuedPerSecond,
    double AppliedPerSecond,
    IReadOnlyList<(string Table, BackpressureState State)> Slowed);
