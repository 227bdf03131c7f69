using Xunit;

namespace ExtendDb.Ef.CrashTests.Mutations;

/// <summary>A theory that builds the product anew for each case, and so runs only where that is asked for.</summary>
internal sealed class MutationTheoryAttribute : TheoryAttribute
{
    private const string Variable = "EXTENDDB_MUTATIONS";

    public MutationTheoryAttribute() => Skip = IsAskedFor ? null : $"It takes minutes; {Variable}=1 runs it.";

    public static bool IsAskedFor => Environment.GetEnvironmentVariable(Variable) == "1";
}
