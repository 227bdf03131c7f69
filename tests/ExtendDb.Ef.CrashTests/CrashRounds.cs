using System.Globalization;

namespace ExtendDb.Ef.CrashTests;

/// <summary>How long the random tests go on: each number of rounds is multiplied by EXTENDDB_CRASH_ROUNDS.</summary>
internal static class CrashRounds
{
    public const string Variable = "EXTENDDB_CRASH_ROUNDS";

    private static readonly int Factor = Read(Environment.GetEnvironmentVariable(Variable));

    public static int Times(int rounds) => rounds * Factor;

    public static TimeSpan Times(TimeSpan load) => load * Factor;

    private static int Read(string? given) => string.IsNullOrWhiteSpace(given)
        ? 1
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor > 0
            ? factor
            : throw new InvalidOperationException($"{Variable} is '{given}'; it is a whole number from 1.");
}
