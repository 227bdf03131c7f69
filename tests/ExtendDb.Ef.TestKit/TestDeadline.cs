using System.Globalization;

namespace ExtendDb.Ef.TestKit;

/// <summary>How long tests wait for what must happen: deadlines that are only there against waiting for ever.</summary>
/// <remarks>
/// EXTENDDB_TEST_DEADLINE_FACTOR multiplies all of them, so that a busy machine makes the tests slow and not red. A time that
/// a test is about, such as a promise that an answer comes within 5 s, is no such deadline and is not multiplied.
/// </remarks>
public static class TestDeadline
{
    public const string Variable = "EXTENDDB_TEST_DEADLINE_FACTOR";

    // Read at the first use rather than with the type, so that a wrong value fails with its own sentence.
    private static readonly Lazy<double> Factor = new(() => Read(Environment.GetEnvironmentVariable(Variable)));

    /// <summary>Gets the deadline of nearly every wait: three minutes, multiplied by the factor.</summary>
    public static TimeSpan Usual => Of(TimeSpan.FromMinutes(3));

    /// <summary>Returns a deadline of a machine that is not busy, multiplied by the factor.</summary>
    public static TimeSpan Of(TimeSpan atRest) => atRest * Factor.Value;

    /// <summary>Reads the factor.</summary>
    /// <param name="given">The value of the variable; null or nothing is 1.</param>
    /// <exception cref="InvalidOperationException">The value is not a positive number.</exception>
    public static double Read(string? given) => string.IsNullOrWhiteSpace(given)
        ? 1
        : double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
            && factor > 0 && double.IsFinite(factor)
            ? factor
            : throw new InvalidOperationException($"{Variable} is '{given}'; it is a positive number such as 3 or 1.5.");
}
