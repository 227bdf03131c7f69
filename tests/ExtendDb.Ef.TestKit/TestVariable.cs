using System.Globalization;

namespace ExtendDb.Ef.TestKit;

/// <summary>Reads numbers that the environment sets for tests: seeds, and how long random tests go on.</summary>
public static class TestVariable
{
    /// <summary>Returns the number that a variable of the environment holds.</summary>
    /// <param name="name">The name of the variable.</param>
    /// <param name="otherwise">The number where the variable is not set.</param>
    /// <exception cref="InvalidOperationException">The value is not a whole number.</exception>
    public static int Number(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is not { Length: > 0 } given
        ? otherwise
        : int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidOperationException($"{name} is '{given}'; it is a whole number.");
}
