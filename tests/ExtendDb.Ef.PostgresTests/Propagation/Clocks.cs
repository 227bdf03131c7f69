namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>A clock whose measured time can be moved on; its time of day stays right.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _jumped;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _jumped);

    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, (long)(by.TotalSeconds * TimestampFrequency));
}

/// <summary>The clock of a machine whose time of day is wrong.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
