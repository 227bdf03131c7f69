using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Holds what others want to write, in a transaction of its own, so that they wait.</summary>
internal sealed class HeldRows : IAsyncDisposable
{
    private const string GlobalEntries =
        "extenddb.index_entries AS e JOIN extenddb.secondary_indexes AS i ON i.id = e.index_id WHERE i.kind = 'GLOBAL'";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private HeldRows(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
    }

    /// <summary>Holds the entries that the global indexes have, which only workers write; waits until there are some.</summary>
    public static async Task<HeldRows> OfEntriesAsync(string connectionString)
    {
        await using var sessions = await Sessions.OpenAsync(connectionString);
        await Waiting.UntilAsync(
            async () => (bool)(await sessions.ScalarAsync($"SELECT EXISTS (SELECT FROM {GlobalEntries})"))!,
            "there are entries to be held");
        return await TakeAsync(connectionString, $"SET LOCAL lock_timeout = 0; SELECT FROM {GlobalEntries} FOR UPDATE OF e");
    }

    /// <summary>Holds a whole table, which can still be read.</summary>
    public static Task<HeldRows> OfTableAsync(string connectionString, string table) =>
        TakeAsync(connectionString, $"SET LOCAL lock_timeout = 0; LOCK TABLE extenddb.{table} IN EXCLUSIVE MODE");

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<HeldRows> TakeAsync(string connectionString, string sql)
    {
        var connection = await Sql.OpenAsync(connectionString);
        var transaction = await connection.BeginTransactionAsync();
        await Sql.ExecuteAsync(connection, sql);
        return new(connection, transaction);
    }
}
