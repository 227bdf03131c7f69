namespace ExtendDb.Ef.ConsoleTests;

/// <summary>A clock whose time of day can be moved on; its seconds are as long as everybody's.</summary>
internal sealed class MovedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
