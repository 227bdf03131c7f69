using ExtendDb.Ef.Model;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>A transaction that has changed, and so holds, the items of a table.</summary>
internal sealed class HeldTable : IAsyncDisposable
{
    private readonly string _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private HeldTable(string database, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_database, _connection, _transaction) = (database, connection, transaction);

    /// <summary>Begins a transaction that changes all items of a table.</summary>
    /// <param name="set">What the items get, as in UPDATE.</param>
    public static async Task<HeldTable> StartAsync(OperationsHost host, TableDefinition table, string set)
    {
        var connection = await host.OpenAsync();
        var held = new HeldTable(host.ConnectionString, connection, await connection.BeginTransactionAsync());
        await held.RunAsync($"UPDATE extenddb.items SET {set}, version = version + 1 WHERE table_id = {table.Id}");
        return held;
    }

    /// <summary>Deletes all items of the table and inserts them again.</summary>
    public Task ReplaceAsync(TableDefinition table) => RunAsync(
        $"""
        CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM extenddb.items WHERE table_id = {table.Id};
        DELETE FROM extenddb.items WHERE table_id = {table.Id};
        INSERT INTO extenddb.items SELECT * FROM kept;
        """);

    /// <summary>Commits once another session waits for this one, and returns the time before the commit.</summary>
    public async Task<DateTimeOffset> CommitWhenWaitedForAsync()
    {
        await LockWaits.UntilAnyAsync(_database, "somebody waits for the item");
        var now = (DateTime)(await Sql.ScalarAsync(_connection, "SELECT clock_timestamp()"))!;
        await _transaction.CommitAsync();
        return now;
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task RunAsync(string sql) => await Sql.ScalarAsync(_connection, sql);
}
