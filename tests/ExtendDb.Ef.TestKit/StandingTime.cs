namespace ExtendDb.Ef.TestKit;

/// <summary>A clock whose measured time stands still until it is moved on; its time of day stays right.</summary>
public sealed class StandingTime : TimeProvider
{
    private long _now = System.GetTimestamp();

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Jump(TimeSpan by) => Interlocked.Add(ref _now, (long)(by.TotalSeconds * TimestampFrequency));
}
