namespace ExtendDb.Ef.Runtime;

/// <summary>The database's clock, as far as this machine's tells it.</summary>
/// <param name="time">This machine's clock.</param>
internal sealed class DatabaseClock(TimeProvider time)
{
    private long _offset;

    /// <summary>Gets or sets how far the database's clock is ahead of this machine's; zero until it was measured.</summary>
    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    /// <summary>Gets the time by the database's clock, in the microseconds that it keeps.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            var now = time.GetUtcNow() + Offset;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>Measures the offset by an answer of the database that has just come.</summary>
    /// <param name="asked">The timestamp of the question.</param>
    /// <param name="answer">The database's clock in the answer.</param>
    /// <remarks>The answer counts as given in the middle of the round trip, so the offset is off by at most half of it.</remarks>
    public void Measure(long asked, DateTimeOffset answer) =>
        Offset = answer + time.GetElapsedTime(asked) / 2 - time.GetUtcNow();
}
