using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.Local;

/// <summary>Writes the settings of a server as the options that pg_ctl hands to it.</summary>
internal static partial class ServerSettings
{
    internal static string OptionsFor(LocalPostgresOptions options, int port)
    {
        // The last one of a name wins.
        var settings = Defaults(options.EffectiveFsync)
            .Concat(options.InMemory ? SmallLog : [])
            .Concat(options.Settings.Select(setting => (setting.Key, setting.Value)))
            .Concat(Fixed(port));
        return string.Join(' ', settings.Select(setting => Quote(setting.Item1, setting.Item2)));
    }

    private static IEnumerable<(string, string)> Defaults(bool fsync)
    {
        yield return ("max_connections", "200");
        yield return ("shared_buffers", "128MB");
        yield return ("timezone", "UTC");
        yield return ("log_timezone", "UTC");
        if (!fsync)
        {
            yield return ("fsync", "off");
            yield return ("synchronous_commit", "off");
            yield return ("full_page_writes", "off");
        }
    }

    // The log of a server in memory would take as much memory as the data.
    private static IEnumerable<(string, string)> SmallLog => [("min_wal_size", "32MB"), ("max_wal_size", "128MB")];

    /// <summary>What keeps the server private, and findable: nobody may change it.</summary>
    private static IEnumerable<(string, string)> Fixed(int port)
    {
        yield return ("listen_addresses", "127.0.0.1");
        yield return ("unix_socket_directories", "");
        yield return ("port", port.ToString(CultureInfo.InvariantCulture));
        yield return ("logging_collector", "off");
    }

    private static string Quote(string name, string value)
    {
        if (!NamePattern().IsMatch(name) || value.Any(char.IsControl))
        {
            throw new ArgumentException($"'{name}' is not a server setting with a value on one line.");
        }

        // pg_ctl gives the options to a shell.
        if (!OperatingSystem.IsWindows())
        {
            return $"-c '{name}={value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
        }

        return value.Contains('"', StringComparison.Ordinal)
            ? throw new ArgumentException($"The value of '{name}' holds a double quote.")
            : $"-c \"{name}={value}\"";
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.]*\z")]
    private static partial Regex NamePattern();
}
