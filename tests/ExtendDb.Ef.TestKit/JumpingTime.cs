namespace ExtendDb.Ef.TestKit;

/// <summary>A clock whose measured time can be moved on; its time of day stays right.</summary>
public sealed class JumpingTime : TimeProvider
{
    private long _jumped;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _jumped);

    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, (long)(by.TotalSeconds * TimestampFrequency));
}
