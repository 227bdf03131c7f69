namespace ExtendDb.Ef.Telemetry;

/// <summary>
/// Decides what the log shows of failures that come again and again: the first of a kind with its stack, then a line with their
/// number after 10 s, 20 s more, 40 s more, and so on, and a line when they have ended.
/// </summary>
/// <remarks>
/// A kind is forgotten when it has not come for a minute, so that connections that broke in an outage, and are found broken one
/// after the other, belong to this outage.
/// </remarks>
internal sealed class RepeatedFailures(TimeProvider time)
{
    // The kinds are few; should a message become a kind one day, the memory stays bounded.
    private const int MostKinds = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Series> _series = [];
    private volatile bool _isFailing;

    /// <summary>Gets whether there are failures whose end was not noted.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Counts a failure.</summary>
    /// <param name="kind">What makes failures equal, such as the type of the exception.</param>
    /// <returns>What to log.</returns>
    public Occurrence Add(string kind)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var isFirst = !_series.TryGetValue(kind, out var series) || time.GetElapsedTime(series.Last, now) > ForgottenAfter;
            if (isFirst)
            {
                if (_series.Count >= MostKinds)
                {
                    _series.Clear();
                }

                series = _series[kind] = new() { First = now, Logged = now };
            }

            _isFailing = true;
            series!.Count++;
            series.Last = now;
            series.HasEnded = false;
            var isDue = !isFirst && time.GetElapsedTime(series.Logged, now) >= series.Pause;
            if (isDue)
            {
                series.Logged = now;
                series.Pause = series.Pause * 2 < LongestPause ? series.Pause * 2 : LongestPause;
            }

            return new(isFirst, isDue, series.Count, time.GetElapsedTime(series.First, now));
        }
    }

    /// <summary>Notes that what failed works again.</summary>
    /// <returns>The failures that have ended; null when there were none, or when their end was noted before.</returns>
    public Occurrence? End(string kind)
    {
        lock (_lock)
        {
            if (!_series.TryGetValue(kind, out var series) || series.HasEnded)
            {
                return null;
            }

            series.HasEnded = true;
            _isFailing = _series.Values.Any(other => !other.HasEnded);
            return new(IsFirst: false, IsDue: true, series.Count, time.GetElapsedTime(series.First));
        }
    }

    /// <summary>A failure among others of its kind.</summary>
    /// <param name="IsFirst">Whether the log shows it with its stack.</param>
    /// <param name="IsDue">Whether the log shows a line with the number.</param>
    /// <param name="Count">How many there were, with this one.</param>
    /// <param name="For">The time since the first one.</param>
    public readonly record struct Occurrence(bool IsFirst, bool IsDue, long Count, TimeSpan For);

    private sealed class Series
    {
        public required long First { get; init; }

        public required long Logged { get; set; }

        public long Last { get; set; }

        public long Count { get; set; }

        public bool HasEnded { get; set; }

        public TimeSpan Pause { get; set; } = FirstPause;
    }
}
