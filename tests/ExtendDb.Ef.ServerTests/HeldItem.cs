using Npgsql;

namespace ExtendDb.Ef.ServerTests;

/// <summary>Another transaction that holds the items of a database, until it is left.</summary>
internal sealed class HeldItem : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private HeldItem(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the rows of all items that are there.</summary>
    public static async Task<HeldItem> TakeAsync(string connectionString)
    {
        var connection = await Sql.OpenAsync(connectionString);
        await Sql.ExecuteAsync(connection, "BEGIN; SELECT FROM extenddb.items FOR UPDATE");
        return new(connection);
    }

    /// <summary>Waits until somebody waits for an item.</summary>
    public Task UntilWantedAsync() => Waiting.UntilAsync(IsWantedAsync, "somebody waits for the items");

    /// <summary>Waits until nobody waits for an item any more.</summary>
    public Task UntilUnwantedAsync() =>
        Waiting.UntilAsync(async () => !await IsWantedAsync(), "nobody waits for the items any more");

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<bool> IsWantedAsync() => (bool)(await Sql.ScalarAsync(
        _connection,
        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"))!;
}
