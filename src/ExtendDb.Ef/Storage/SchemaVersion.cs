namespace ExtendDb.Ef;

/// <summary>The version of the database schema that this library needs, named by its last migration.</summary>
public static class SchemaVersion
{
    /// <summary>The last migration that this library needs; a database with an older or a newer one is refused.</summary>
    public const string Required = "20261129145110_Slots";

    /// <summary>The name of the table, in schema <c>extenddb</c>, that holds the applied migrations.</summary>
    public const string HistoryTable = "migrations_history";

    /// <summary>Refuses a database whose last migration is not <see cref="Required"/>.</summary>
    /// <param name="lastMigration">The last migration applied to the database; null when there is none.</param>
    /// <exception cref="SchemaVersionException">The database is older or newer, or was never migrated.</exception>
    public static void Check(string? lastMigration)
    {
        var order = string.CompareOrdinal(lastMigration, Required);
        if (order == 0)
        {
            return;
        }

        throw new SchemaVersionException(lastMigration, order < 0
            ? (lastMigration is null
                ? $"The database's schema is not there yet; this version of ExtendDb.Ef needs {Required}."
                : $"The database's schema is {lastMigration}, older than {Required}, which this version of ExtendDb.Ef needs.")
                + " Run: extenddb migrate --connection \"…\". Or, with the package ExtendDb.Ef.Migrations, call "
                + "ExtendDbMigrator.MigrateAsync(connectionString), or AddExtendDb(…).MigrateOnStart()."
            : $"The database's schema is {lastMigration}, newer than {Required}, which this version of ExtendDb.Ef "
                + "needs. Update this application to the version of ExtendDb.Ef that has migrated the database.");
    }
}
