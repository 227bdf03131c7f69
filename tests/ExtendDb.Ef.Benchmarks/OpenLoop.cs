using System.Diagnostics;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Writes by a schedule, whatever the writes before take. The time of a write counts from the instant that the schedule
/// named, so what waits because others are slow shows as slow, too. Timers are late by up to a millisecond, which counts.
/// </summary>
internal static class OpenLoop
{
    // More than are ever busy below the highest rate.
    private const int Writers = 32;
    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(1);

    /// <summary>What a round took, without its first seconds.</summary>
    /// <param name="TimesMs">From the scheduled instant to the end of the write.</param>
    /// <param name="LastMs">The median of the last second; it is large when the schedule runs away.</param>
    /// <param name="From">The timestamp from which the round counts.</param>
    public sealed record Round(List<double> TimesMs, double LastMs, long From);

    /// <summary>Runs one round.</summary>
    /// <param name="perS">How many writes a second the schedule has, at equal distances.</param>
    /// <param name="time">For how long, after some seconds that do not count: connections are opened then, and code is compiled.</param>
    /// <param name="write">One write.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Round> RunAsync(
        double perS, TimeSpan time, Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var next = -1L;
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(
            async () =>
            {
                var own = new List<(TimeSpan Due, double Ms)>();
                while (true)
                {
                    var due = TimeSpan.FromSeconds(Interlocked.Increment(ref next) / perS);
                    if (due >= LeadIn + time)
                    {
                        return own;
                    }

                    for (TimeSpan rest; (rest = due - Stopwatch.GetElapsedTime(start)) > TimeSpan.Zero;)
                    {
                        // The schedule is the subject: nothing but the time says when the next write is due.
                        await Task.Delay((int)Math.Ceiling(rest.TotalMilliseconds), cancellationToken);
                    }

                    await write(cancellationToken);
                    if (due >= LeadIn)
                    {
                        own.Add((due, (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds));
                    }
                }
            },
            cancellationToken)));
        var all = times.SelectMany(own => own).ToList();
        return new(
            [.. all.Select(one => one.Ms)],
            PairedRounds.Quantile(all.Where(one => one.Due >= LeadIn + time - Last).Select(one => one.Ms), 0.5),
            start + (long)(LeadIn.TotalSeconds * Stopwatch.Frequency));
    }
}
