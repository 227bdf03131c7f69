namespace ExtendDb.Ef.TestKit;

/// <summary>The clock of a machine whose time of day is wrong; its seconds are as long as everybody's.</summary>
public sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
