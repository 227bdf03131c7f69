using Npgsql;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

/// <summary>One statement on a connection of its own.</summary>
internal static class Sql
{
    internal static async Task<object?> QueryAsync(
        string connectionString, string statement, params object[] parameters)
    {
        var withoutPool = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(withoutPool.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await command.ExecuteScalarAsync();
    }
}
