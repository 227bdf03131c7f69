using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Deletes rows in chunks, each in a transaction of its own, so that no lock and no snapshot lasts.</summary>
internal static class Chunks
{
    private const int Size = 1_000;

    /// <summary>Deletes all rows that a statement finds, but those that others hold.</summary>
    /// <param name="connection">Where; not in a transaction.</param>
    /// <param name="statement">Deletes at most $2 rows of $1.</param>
    /// <param name="id">The table or index.</param>
    /// <param name="cancellationToken">Gives up between two chunks.</param>
    public static async Task DeleteAsync(
        NpgsqlConnection connection, string statement, int id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection)
        {
            Parameters = { new() { Value = id }, new() { Value = Size } },
        };
        while (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            // The next chunk.
        }
    }
}
