namespace ExtendDb.Ef.Benchmarks;

/// <summary>A clock by which no time passes between two looks, so that nothing is done only because it is time again.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override long GetTimestamp() => 0;
}
