using System.CommandLine;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The option of all commands that names the database.</summary>
internal static class ConnectionOption
{
    public const string Variable = "EXTENDDB_CONNECTION";

    /// <summary>The setting of the configuration that names the database of serve and worker.</summary>
    public const string Setting = "ConnectionStrings:ExtendDb";

    public static Option<string?> Instance { get; } = new("--connection")
    {
        Description = $"Npgsql's connection string, or a URI postgresql://…, of the database. Without it {Variable} counts, and without that a "
            + "private PostgreSQL in your data folder. The environment keeps a password out of the list of processes.",
        Recursive = true,
    };
}
