using System.CommandLine;
using Npgsql;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The database that a command line, the environment or the configuration names.</summary>
/// <param name="ConnectionString">Npgsql's connection string.</param>
/// <param name="NamedBy">The option, variable or setting that names it.</param>
internal sealed record NamedDatabase(string ConnectionString, string NamedBy)
{
    /// <summary>Returns the database that comes first: option, variable, configuration; null when none names one.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="configured">The connection string of the configuration.</param>
    /// <exception cref="ArgumentException">The option is empty, or what names the database cannot be read.</exception>
    public static NamedDatabase? Of(ParseResult parsed, string? configured = null)
    {
        var option = parsed.GetValue(ConnectionOption.Instance);
        if (option is not null && string.IsNullOrWhiteSpace(option))
        {
            throw new ArgumentException(
                $"{ConnectionOption.Instance.Name} is empty. Leave it out for {ConnectionOption.Variable} or a private PostgreSQL.");
        }

        return Read(option, ConnectionOption.Instance.Name)
            ?? Read(Environment.GetEnvironmentVariable(ConnectionOption.Variable), ConnectionOption.Variable)
            ?? Read(configured, ConnectionOption.Setting);
    }

    /// <summary>Returns whether the command line shows a password, to everybody who lists processes.</summary>
    public bool ShowsPassword => NamedBy == ConnectionOption.Instance.Name
        && new NpgsqlConnectionStringBuilder(ConnectionString).Password is { Length: > 0 };

    /// <summary>Returns where the database is and what names it, without a password.</summary>
    public override string ToString()
    {
        var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
        var host = parts.Host!.Contains(',', StringComparison.Ordinal) ? parts.Host : $"{parts.Host}:{parts.Port}";
        return $"the database {parts.Database ?? parts.Username} on {host} ({NamedBy})";
    }

    private static NamedDatabase? Read(string? given, string namedBy)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }

        try
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionUri.Is(given) ? ConnectionUri.Parse(given) : given);
            return parts.Host is { Length: > 0 }
                ? new(parts.ConnectionString, namedBy)
                : throw new ArgumentException("It names no host, as in Host=127.0.0.1;Database=extenddb.");
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ArgumentException($"{namedBy} cannot be read as a connection string. {unreadable.Message}", unreadable);
        }
    }
}
