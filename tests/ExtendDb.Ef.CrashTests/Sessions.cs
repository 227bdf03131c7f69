using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>An administrator's look at the connections of one database, on a connection of its own.</summary>
internal sealed class Sessions : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private Sessions(NpgsqlConnection connection) => _connection = connection;

    public static async Task<Sessions> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, MaxAutoPrepare = 0 }.ConnectionString);
        await connection.OpenAsync();
        return new(connection);
    }

    /// <summary>Names the connections that are opened with a connection string.</summary>
    public static string Named(string connectionString, string name) =>
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = name }.ConnectionString;

    /// <summary>Opens each connection anew: what a scenario has left in a pool may be dead.</summary>
    public static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>Ends some connections that are at work, or if there are none, some that wait for work.</summary>
    /// <returns>How many it were.</returns>
    public async Task<int> TerminateSomeAsync(int count, Random random) => (int)(long)(await ScalarAsync(
        """
        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
        FROM (
            SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            ORDER BY state = 'idle', md5(pid::text || $2) LIMIT $1
        ) AS victims
        """,
        count,
        $"{random.Next()}"))!;

    /// <summary>Ends all connections of a name, or all others when it is null.</summary>
    public async Task<int> TerminateAsync(string? name = null) => (int)(long)(await ScalarAsync(
        """
        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND ($1 = '' OR application_name = $1)
        """,
        name ?? string.Empty))!;

    /// <summary>Tells whether a connection of a name waits for a lock.</summary>
    public async Task<bool> AnyWaitsForLockAsync(string name) => (long)(await ScalarAsync(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = $1 AND wait_event_type = 'Lock'
        """,
        name))! > 0;

    public Task<object?> ScalarAsync(string sql, params object[] parameters) => Sql.ScalarAsync(_connection, sql, parameters);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
