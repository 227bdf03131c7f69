using Npgsql;

namespace ExtendDb.Ef;

/// <summary>The encoding of the database, which must be UTF8: DynamoDB's strings hold all characters.</summary>
public static class DatabaseEncoding
{
    private const string Required = "UTF8";

    /// <summary>Refuses a database of another encoding.</summary>
    /// <param name="connection">An open connection to the database.</param>
    /// <exception cref="DatabaseEncodingException">The database has another encoding.</exception>
    /// <remarks>Cost: nothing; the server says its encoding when a connection begins.</remarks>
    public static void Check(NpgsqlConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.PostgresParameters.TryGetValue("server_encoding", out var encoding) && encoding != Required)
        {
            throw new DatabaseEncodingException(connection.Database, encoding);
        }
    }
}
