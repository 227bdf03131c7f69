using System.Collections.Concurrent;

namespace ExtendDb.Ef.TestKit;

/// <summary>The time as it is, which notes for how long loops ask to wait, so that a test sees how often they have gone round.</summary>
/// <param name="shortenedBy">By what the waits are divided, for what happens only once a minute.</param>
public sealed class NotedWaits(double shortenedBy = 1) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = [];

    /// <summary>Gets how long each wait was to be, in the order of their beginnings.</summary>
    public IReadOnlyCollection<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / shortenedBy : dueTime, period);
    }

    /// <summary>Waits until loops have begun some more waits of a length.</summary>
    /// <remarks>In place of a sleep, in which a busy machine may not have done anything.</remarks>
    public Task UntilBegunAsync(int more, TimeSpan wait) => UntilBegunAsync(more, wait, unless: () => Task.FromResult(false));

    /// <summary>Waits until loops have begun some more waits of a length, unless a condition holds before.</summary>
    public Task UntilBegunAsync(int more, TimeSpan wait, Func<Task<bool>> unless)
    {
        var before = Count(wait);
        return Waiting.UntilAsync(
            async () => Count(wait) - before >= more || await unless(),
            $"{more} waits of {wait.TotalMilliseconds} ms are begun");
    }

    private int Count(TimeSpan wait) => _waits.Count(each => each == wait);
}
