using Npgsql;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Says what a database that refuses a command needs.</summary>
internal static class DatabaseError
{
    public static string Sentence(NpgsqlException error) => (error as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName =>
            $"{error.Message}. `extenddb migrate --create-database` creates it.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"{error.Message}. The password comes from the connection string, PGPASSWORD or ~/.pgpass.",
        _ => error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{error.Message}: {inner.Message}"
            : error.Message,
    };
}
