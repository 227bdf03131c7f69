using System.Globalization;
using Xunit.Abstractions;

namespace ExtendDb.Ef.ServerTests.Signing;

/// <summary>Makes sources of random cases whose seed stands beside a failure; EXTENDDB_TEST_SEED repeats a run.</summary>
internal static class PrintedSeed
{
    public static Random Random(ITestOutputHelper output)
    {
        var seed = Environment.GetEnvironmentVariable("EXTENDDB_TEST_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : System.Random.Shared.Next();
        output.WriteLine($"To repeat: EXTENDDB_TEST_SEED={seed}");
        return new(seed);
    }
}
