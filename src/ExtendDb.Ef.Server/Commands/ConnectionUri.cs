using Npgsql;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Reads connection URIs as psql and other programs take them, such as <c>postgresql://user@host/database</c>.</summary>
/// <remarks>Source: PostgreSQL documentation, libpq, Connection URIs.</remarks>
internal static class ConnectionUri
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    // The parameters of libpq whose names Npgsql does not know.
    private static readonly Dictionary<string, string> NamesOfNpgsql = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["client_encoding"] = "Client Encoding",
        ["channel_binding"] = "Channel Binding",
        ["target_session_attrs"] = "Target Session Attributes",
        ["load_balance_hosts"] = "Load Balance Hosts",
        ["keepalives_idle"] = "Tcp Keepalive Time",
        ["krbsrvname"] = "Kerberos Service Name",
    };

    public static bool Is(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns Npgsql's connection string of a URI.</summary>
    /// <exception cref="ArgumentException">The URI is malformed, or has a parameter that Npgsql lacks. The message has no password.</exception>
    public static string Parse(string uri)
    {
        var rest = uri[(uri.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var query = Cut(ref rest, '?');
        var database = Cut(ref rest, '/');
        var at = rest.LastIndexOf('@');
        var (user, hosts) = at < 0 ? ("", rest) : (rest[..at], rest[(at + 1)..]);
        var password = Cut(ref user, ':');
        var parts = new NpgsqlConnectionStringBuilder();
        SetHosts(parts, hosts);
        Set(parts, "Username", user);
        Set(parts, "Password", password);
        Set(parts, "Database", database);
        foreach (var parameter in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = parameter;
            var value = Cut(ref name, '=');
            Set(parts, NamesOfNpgsql.GetValueOrDefault(name, name), value);
        }

        return parts.ConnectionString;
    }

    // Npgsql takes an IPv6 address without its brackets, and the ports of several hosts beside them.
    private static void SetHosts(NpgsqlConnectionStringBuilder parts, string hosts)
    {
        if (hosts.Contains(',', StringComparison.Ordinal))
        {
            Set(parts, "Host", hosts);
            return;
        }

        var bracket = hosts.LastIndexOf(']');
        var colon = hosts.LastIndexOf(':');
        if (colon > bracket)
        {
            Set(parts, "Port", hosts[(colon + 1)..]);
            hosts = hosts[..colon];
        }

        Set(parts, "Host", bracket < 0 ? hosts : hosts[1..bracket]);
    }

    private static void Set(NpgsqlConnectionStringBuilder parts, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        var decoded = Uri.UnescapeDataString(value);
        try
        {
            // Npgsql's port is a number, and its enumerations have no hyphens: verify-full is VerifyFull there.
            parts[name] = name is "SSL Mode" or "Channel Binding" ? decoded.Replace("-", "", StringComparison.Ordinal) : decoded;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new ArgumentException($"The connection URI has the parameter {name}, which Npgsql does not take so.", wrong);
        }
    }

    private static string? Cut(ref string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var right = text[(at + 1)..];
        text = text[..at];
        return right;
    }
}
