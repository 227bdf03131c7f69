using Npgsql;

namespace ExtendDb.Ef.TestKit;

/// <summary>Runs statements that a test writes out, past the library.</summary>
public static class Sql
{
    /// <summary>Runs statements on a connection of their own, outside of any TransactionScope.</summary>
    /// <returns>The first value of the first row; null when there is no row.</returns>
    public static async Task<object?> ScalarAsync(string connectionString, string sql, params object[] parameters)
    {
        await using var connection = await OpenAsync(connectionString);
        return await ScalarAsync(connection, sql, parameters);
    }

    /// <summary>Runs statements on a connection, in its transaction.</summary>
    /// <returns>The first value of the first row; null when there is no row.</returns>
    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs statements on a connection of their own, outside of any TransactionScope.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql, params object[] parameters)
    {
        await using var connection = await OpenAsync(connectionString);
        await ExecuteAsync(connection, sql, parameters);
    }

    /// <summary>Runs statements on a connection, in its transaction.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Opens a connection that no pool keeps and no TransactionScope takes.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Enlist = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)TestDeadline.Usual.TotalSeconds };
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
