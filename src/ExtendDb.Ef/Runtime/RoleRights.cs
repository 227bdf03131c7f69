using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Runtime;

/// <summary>Checks the rights of a role before the process begins its work.</summary>
internal static class RoleRights
{
    /// <summary>Refuses a role that lacks rights that the process needs from its start.</summary>
    /// <param name="connections">Opens the connection of the role.</param>
    /// <param name="worker">Whether the process runs a worker; without one, only the rights to read are demanded.</param>
    /// <exception cref="MissingGrantsException">The role lacks rights; the message names all of them.</exception>
    /// <remarks>Cost: one round trip.</remarks>
    public static async Task CheckAsync(DatabaseConnections connections, bool worker, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.GrantsMissing, connection)
        {
            Parameters = { new() { Value = worker } },
        };
        var grants = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            grants.Add(reader.GetString(0));
        }

        if (grants.Count > 0)
        {
            throw new MissingGrantsException(connections.Database, grants, worker);
        }
    }
}
