using Xunit;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A test that takes long and shows what a shorter one shows in another way: it runs when long runs are asked for.</summary>
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(CrashRounds.Variable)))
        {
            Skip = $"Takes long; set {CrashRounds.Variable}=1 to run it.";
        }
    }
}
