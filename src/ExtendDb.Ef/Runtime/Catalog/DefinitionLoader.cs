using System.Data.Common;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Runtime.Catalog;

/// <summary>Reads definitions over a connection, and measures the database's clock with the same query.</summary>
internal sealed class DefinitionLoader(ExtendDbOptions options, TimeProvider time, DatabaseClock clock)
{
    /// <summary>Checks that the database has the schema and the encoding that this library needs.</summary>
    /// <exception cref="SchemaVersionException">The schema is older or newer, or was never created.</exception>
    /// <exception cref="DatabaseEncodingException">The database cannot store all characters.</exception>
    public static async Task CheckSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        DatabaseEncoding.Check(connection);
        SchemaVersion.Check(await ReadLastMigrationAsync(connection, cancellationToken));
    }

    /// <summary>
    /// Checks the database like <see cref="CheckSchemaAsync"/>, for the hooks that EF calls synchronously.
    /// </summary>
    public static void CheckSchema(NpgsqlConnection connection)
    {
        DatabaseEncoding.Check(connection);
        SchemaVersion.Check(ReadLastMigration(connection));
    }

    /// <summary>
    /// Returns the known definitions when their version is still current, otherwise reads the definitions.
    /// </summary>
    public async Task<Definitions> ReadAsync(
        NpgsqlConnection connection, Definitions? known, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await using (var ask = new NpgsqlCommand(Statements.CatalogStateVersion, connection))
        {
            await using var row = await ask.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            if (IsStill(known, asked, row))
            {
                return known!;
            }
        }

        // A migration changes the version too, so that a running process of another schema says so.
        if (known is not null)
        {
            await CheckSchemaAsync(connection, cancellationToken);
        }

        return await LoadAsync(connection, cancellationToken);
    }

    /// <summary>Reads definitions like <see cref="ReadAsync"/>, for the hooks that EF calls synchronously.</summary>
    public Definitions Read(NpgsqlConnection connection, Definitions? known)
    {
        var asked = time.GetTimestamp();
        using (var ask = new NpgsqlCommand(Statements.CatalogStateVersion, connection))
        {
            using var row = ask.ExecuteReader();
            row.Read();
            if (IsStill(known, asked, row))
            {
                return known!;
            }
        }

        if (known is not null)
        {
            CheckSchema(connection);
        }

        var rows = new DefinitionRows(options.DefaultPropagationDelay);
        using var command = new NpgsqlCommand(Statements.CatalogLoad, connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(reader);
        }

        return rows.ToDefinitions();
    }

    /// <summary>Reads all definitions.</summary>
    public async Task<Definitions> LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = new DefinitionRows(options.DefaultPropagationDelay);
        await using var command = new NpgsqlCommand(Statements.CatalogLoad, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader);
        }

        return rows.ToDefinitions();
    }

    private bool IsStill(Definitions? known, long asked, DbDataReader row)
    {
        clock.Measure(asked, row.GetFieldValue<DateTimeOffset>(1));
        return known?.Version == row.GetInt64(0);
    }

    private static async Task<string?> ReadLastMigrationAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(Statements.MigrationsHistoryLast, connection);
            return await command.ExecuteScalarAsync(cancellationToken) as string;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    private static string? ReadLastMigration(NpgsqlConnection connection)
    {
        try
        {
            using var command = new NpgsqlCommand(Statements.MigrationsHistoryLast, connection);
            return command.ExecuteScalar() as string;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }
}
