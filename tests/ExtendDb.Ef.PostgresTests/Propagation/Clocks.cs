namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>A clock whose measured time can be moved on; its time of day stays right.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _jumped;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _jumped);

    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, (long)(by.TotalSeconds * TimestampFrequency));
}

/// <summary>A clock whose measured time stands still until it is moved on; its time of day stays right.</summary>
internal sealed class StandingTime : TimeProvider
{
    private long _now = System.GetTimestamp();

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Jump(TimeSpan by) => Interlocked.Add(ref _now, (long)(by.TotalSeconds * TimestampFrequency));
}

/// <summary>The clock of a machine whose time of day is wrong.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
