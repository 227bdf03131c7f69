using System.Security.Cryptography;
using System.Text;
using ExtendDb.Ef.Migrations;
using Npgsql;
using static ExtendDb.Ef.Testing.DatabaseCommands;

namespace ExtendDb.Ef.Testing;

/// <summary>
/// The migrated database that test databases are copied from; a server has one for each last migration.
/// </summary>
internal static class TemplateDatabase
{
    // Any number that nothing else locks: "extenddb" in ASCII.
    private const long Lock = 0x657874656E646462;
    private const string Unfinished = "extenddb_template_unfinished";
    private const int LongestName = 63;

    /// <summary>
    /// The build of the migrations. A migration that has not been shipped may still change under its name, and a server
    /// that lives long would then keep a template of an old one.
    /// </summary>
    private static string Build => typeof(ExtendDbMigrator).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>
    /// Returns the name of the template for the last migration, and makes it first where it is missing.
    /// </summary>
    internal static Task<string> EnsureAsync(PostgresServer server, CancellationToken cancellationToken) =>
        EnsureAsync(server, NameFor(ExtendDbMigrator.LastMigration), cancellationToken);

    internal static async Task<string> EnsureAsync(
        PostgresServer server, string name, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(server, cancellationToken);
        if (await BuildOfAsync(connection, name, cancellationToken) == Build)
        {
            return name;
        }

        // One maker at a time on a server. The lock goes with the connection, also when its process is killed.
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = 0 })
        {
            command.Parameters.AddWithValue(Lock);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        if (await BuildOfAsync(connection, name, cancellationToken) != Build)
        {
            await MakeAsync(server, connection, name, cancellationToken);
        }

        return name;
    }

    internal static string NameFor(string migration)
    {
        // The longest name that PostgreSQL does not cut is 63 bytes; a longer one ends in a hash of the whole.
        var name = $"extenddb_template_{migration.ToLowerInvariant()}";
        return Encoding.UTF8.GetByteCount(name) <= LongestName
            ? name
            : $"extenddb_template_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32]}";
    }

    private static async Task MakeAsync(
        PostgresServer server, NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await RunAsync($"DROP DATABASE IF EXISTS {Quote(Unfinished)} WITH (FORCE)");
        await RunAsync($"CREATE DATABASE {Quote(Unfinished)} TEMPLATE {Quote(Empty)}");
        await ExtendDbMigrator.MigrateAsync(WithoutPool(server.ConnectionStringFor(Unfinished)), cancellationToken);
        await RunAsync($"COMMENT ON DATABASE {Quote(Unfinished)} IS '{Build}'");

        // A database that is connected to cannot be copied. Its build is written before its name: whoever finds it by
        // name finds it whole.
        await RunAsync($"ALTER DATABASE {Quote(Unfinished)} ALLOW_CONNECTIONS false");
        await RunAsync($"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)");
        await RunAsync($"ALTER DATABASE {Quote(Unfinished)} RENAME TO {Quote(name)}");

        Task RunAsync(string sql) => ExecuteAsync(connection, sql, cancellationToken);
    }

    /// <summary>Returns the build a template was made by; null when there is no such template.</summary>
    private static async Task<string?> BuildOfAsync(
        NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1", connection);
        command.Parameters.AddWithValue(name);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
