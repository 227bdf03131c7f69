using Npgsql;

namespace ExtendDb.Ef;

/// <summary>Checks that the encoding of the database is UTF8, because DynamoDB's strings hold all characters.</summary>
public static class DatabaseEncoding
{
    private const string Required = "UTF8";

    /// <summary>Refuses a database whose encoding is not UTF8.</summary>
    /// <param name="connection">An open connection to the database.</param>
    /// <exception cref="DatabaseEncodingException">The database has another encoding.</exception>
    /// <remarks>Cost: none; the server reports its encoding when a connection starts.</remarks>
    public static void Check(NpgsqlConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.PostgresParameters.TryGetValue("server_encoding", out var encoding) && encoding != Required)
        {
            throw new DatabaseEncodingException(connection.Database, encoding);
        }
    }
}
