using Npgsql;

namespace ExtendDb.Ef.Migrations;

/// <summary>PostgreSQL has refused to migrate a database: it does not exist, or the role lacks rights.</summary>
public sealed class MigrationRefusedException : Exception
{
    internal MigrationRefusedException(string? database, PostgresException refused)
        : base(Explain(database, refused), refused)
    {
        Database = database;
    }

    /// <summary>Gets the name of the database; null when the connection string names none.</summary>
    public string? Database { get; }

    internal static bool IsCausedBy(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege;

    private static string Explain(string? database, PostgresException refused) =>
        refused.SqlState == PostgresErrorCodes.InvalidCatalogName
            ? $"Database {database} does not exist. Create it: CREATE DATABASE \"{database}\" ENCODING 'UTF8' TEMPLATE "
                + "template0; or run extenddb migrate as a role that may create databases."
            : $"The role of the connection may not migrate the schema extenddb of database {database}: "
                + $"{refused.MessageText}. Migrate as the role that owns the schema (extenddb migrate --connection …, or "
                + $"ExtendDbMigrator.MigrateAsync), or, when there is no schema yet: GRANT CREATE ON DATABASE "
                + $"\"{database}\" TO that role.";
}
