namespace ExtendDb.Ef.TestKit;

/// <summary>A clock whose time of day stands still until it is set; its measured time goes on.</summary>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
