using System.Globalization;

namespace ExtendDb.Ef.WebConsole.Components.Parts;

/// <summary>Numbers as the pages show them.</summary>
internal static class Amount
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string OfSeconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    public static string OfBytes(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1024 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }

    /// <summary>Returns a time such as <c>3 min</c>.</summary>
    public static string OfAge(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
    };
}
