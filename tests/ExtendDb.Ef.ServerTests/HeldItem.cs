using Npgsql;

namespace ExtendDb.Ef.ServerTests;

/// <summary>Another transaction that holds the items of a database, until it is left.</summary>
internal sealed class HeldItem : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly NpgsqlConnection _connection;

    private HeldItem(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the rows of all items that are there.</summary>
    public static async Task<HeldItem> TakeAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; SELECT FROM extenddb.items FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync();
        return new(connection);
    }

    /// <summary>Waits until somebody waits for an item.</summary>
    public Task UntilWantedAsync() => UntilAsync(isWanted: true);

    /// <summary>Waits until nobody waits for an item any more.</summary>
    public Task UntilUnwantedAsync() => UntilAsync(isWanted: false);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task UntilAsync(bool isWanted)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < deadline)
        {
            await using var command = new NpgsqlCommand(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))",
                _connection);
            if ((bool)(await command.ExecuteScalarAsync())! == isWanted)
            {
                return;
            }

            await Task.Delay(10);
        }

        throw new TimeoutException(isWanted ? "Nobody waits for the items." : "Somebody still waits for the items.");
    }
}
