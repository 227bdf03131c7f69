namespace ExtendDb.Ef.CrashTests;

/// <summary>The clock of a machine that is set wrong; its seconds are as long as everybody's.</summary>
internal sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
