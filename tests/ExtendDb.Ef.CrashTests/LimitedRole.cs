using System.Globalization;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A user who is not the superuser, whom no limit of connections would hold.</summary>
internal sealed class LimitedRole : IAsyncDisposable
{
    private readonly Sessions _sessions;
    private readonly string _name;

    private LimitedRole(Sessions sessions, string name, string connectionString)
    {
        _sessions = sessions;
        _name = name;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public static async Task<LimitedRole> CreateAsync(string connectionString)
    {
        var sessions = await Sessions.OpenAsync(connectionString);
        var name = $"limited_{Guid.NewGuid():N}";
        await sessions.ScalarAsync(
            $"""
            CREATE ROLE {name} LOGIN PASSWORD '{name}';
            GRANT USAGE ON SCHEMA extenddb TO {name};
            GRANT ALL ON ALL TABLES IN SCHEMA extenddb TO {name};
            GRANT ALL ON ALL SEQUENCES IN SCHEMA extenddb TO {name};
            """);
        return new(sessions, name, new NpgsqlConnectionStringBuilder(connectionString)
        {
            Username = name,
            Password = name,
        }.ConnectionString);
    }

    /// <summary>Allows it so many connections, and ends those that it has; -1 is no limit.</summary>
    public async Task LimitAsync(int connections)
    {
        await _sessions.ScalarAsync(string.Create(
            CultureInfo.InvariantCulture, $"ALTER ROLE {_name} CONNECTION LIMIT {connections}"));
        await TerminateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await TerminateAsync();
        await _sessions.ScalarAsync($"DROP OWNED BY {_name}; DROP ROLE {_name}");
        await _sessions.DisposeAsync();
    }

    private async Task TerminateAsync() => await _sessions.ScalarAsync(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE usename = $1", _name);
}
