namespace ExtendDb.Ef.Runtime;

/// <summary>Estimates the database's clock from this machine's clock.</summary>
/// <param name="time">The clock of this machine.</param>
internal sealed class DatabaseClock(TimeProvider time)
{
    private long _offset;

    /// <summary>
    /// Gets or sets the offset of the database's clock from this machine's; zero until it was measured.
    /// </summary>
    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    /// <summary>Gets the present time by the database's clock, truncated to its microseconds.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            var now = time.GetUtcNow() + Offset;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>Measures the offset from an answer of the database that has just arrived.</summary>
    /// <param name="asked">The timestamp of the query.</param>
    /// <param name="answer">The database's clock in the answer.</param>
    /// <remarks>
    /// The answer counts as given in the middle of the round trip, so the offset is off by at most half of it.
    /// </remarks>
    public void Measure(long asked, DateTimeOffset answer) =>
        Offset = answer + time.GetElapsedTime(asked) / 2 - time.GetUtcNow();
}
