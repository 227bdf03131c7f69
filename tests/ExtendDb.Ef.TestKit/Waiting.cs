using System.Diagnostics;

namespace ExtendDb.Ef.TestKit;

/// <summary>Waits for what another thread, process or server does, by looking again and again.</summary>
public static class Waiting
{
    // The processes that are watched need the processor too.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // A measure is as fine as this.
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(2);

    /// <summary>Looks until a condition holds.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="what">The same in words.</param>
    /// <exception cref="TimeoutException">The condition did not hold at the usual deadline.</exception>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, string what, CancellationToken cancellationToken = default)
    {
        var deadline = TestDeadline.Usual;
        if (await LookAsync(condition, deadline, Pause, cancellationToken) is null)
        {
            throw new TimeoutException($"Not within {deadline.TotalSeconds} s: {what}.");
        }
    }

    /// <summary>Looks until a condition holds.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="what">The same in words.</param>
    /// <exception cref="TimeoutException">The condition did not hold at the usual deadline.</exception>
    public static Task UntilAsync(Func<bool> condition, string what) =>
        UntilAsync(() => Task.FromResult(condition()), what);

    /// <summary>Reads until what is read is enough.</summary>
    /// <returns>What was read last.</returns>
    /// <exception cref="TimeoutException">It was not enough at the usual deadline; the message shows what was read last.</exception>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, Func<T, bool> enough)
    {
        var deadline = TestDeadline.Usual;
        T? last = default;
        var took = await LookAsync(async () => enough(last = await read()), deadline, Pause, CancellationToken.None);
        return took is null ? throw new TimeoutException($"Still {last} after {deadline.TotalSeconds} s.") : last!;
    }

    /// <summary>Measures how long it takes until a condition holds.</summary>
    /// <param name="condition">What may become true.</param>
    /// <param name="atMost">How long is looked; it is the subject of the test, and so the same on a busy machine.</param>
    /// <returns>How long it took; null when the condition did not hold in time.</returns>
    public static Task<TimeSpan?> TakesAsync(Func<Task<bool>> condition, TimeSpan atMost) =>
        LookAsync(condition, atMost, ShortPause, CancellationToken.None);

    private static async Task<TimeSpan?> LookAsync(
        Func<Task<bool>> condition, TimeSpan atMost, TimeSpan pause, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var holds = await condition();
            var took = Stopwatch.GetElapsedTime(began);
            if (holds)
            {
                return took;
            }

            if (took > atMost)
            {
                return null;
            }

            await Task.Delay(pause, cancellationToken);
        }
    }
}
