using System.CommandLine;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The range of an option with a whole number.</summary>
internal static class WholeNumber
{
    /// <summary>Refuses numbers outside a range; what is no number is refused by the parser.</summary>
    public static void Between(this Option<int?> option, int least, int most, string unit = "") => option.Validators.Add(given =>
    {
        if (given.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && (number < least || number > most))
        {
            given.AddError(most == int.MaxValue
                ? $"{option.Name} is {least} at least."
                : $"{option.Name} goes from {least} to {most:N0}{unit}.");
        }
    });
}
