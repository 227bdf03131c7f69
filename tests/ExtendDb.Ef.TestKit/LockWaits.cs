namespace ExtendDb.Ef.TestKit;

/// <summary>Sees from outside that sessions of a database wait for a lock.</summary>
public static class LockWaits
{
    // On a connection of its own: within a transaction pg_stat_activity stays as it was at the first look.
    private const string Count =
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%' || $1 || '%'
        """;

    /// <summary>Waits until a session waits for a lock.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="what">Which session that is, in words.</param>
    /// <param name="statement">Words of the statement that waits; nothing for any statement.</param>
    public static Task UntilAnyAsync(string connectionString, string what, string statement = "") =>
        Waiting.UntilAsync(async () => await CountAsync(connectionString, statement) > 0, what);

    /// <summary>Waits until as many sessions wait for a lock.</summary>
    public static Task UntilAsync(string connectionString, int sessions, string what) =>
        Waiting.UntilAsync(async () => await CountAsync(connectionString, statement: "") == sessions, what);

    private static async Task<long> CountAsync(string connectionString, string statement) =>
        (long)(await Sql.ScalarAsync(connectionString, Count, statement))!;
}
