using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Deletes rows in chunks, each in its own transaction, so that no lock and no snapshot lasts long.</summary>
internal static class ChunkedDeletion
{
    private const int Size = 1_000;

    /// <summary>
    /// Deletes all rows that a statement finds, in one pass in key order, except rows that other transactions hold.
    /// </summary>
    /// <param name="connection">A connection without a transaction.</param>
    /// <param name="statement">
    /// Deletes at most $2 rows of $1 from the key $3, $4 on, and returns the key of the last one.
    /// </param>
    /// <param name="id">The id of the table or index.</param>
    /// <param name="cancellationToken">Stops the deletion between two chunks.</param>
    public static async Task DeleteAsync(
        NpgsqlConnection connection, string statement, int id, CancellationToken cancellationToken)
    {
        (Guid Hash, byte[] Sort)? place = (Guid.Empty, []);
        while (place is { } from)
        {
            // The settings of a batch fit here too: a crash may lose a chunk, which is deleted again, and the planner
            // must not expect that most of the table is to be deleted.
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand(Statements.BatchBegin),
                    new NpgsqlBatchCommand(statement)
                    {
                        Parameters =
                        {
                            new() { Value = id },
                            new() { Value = Size },
                            new() { Value = from.Hash },
                            new() { Value = from.Sort },
                        },
                    },
                },
            };
            await using var last = await batch.ExecuteReaderAsync(cancellationToken);
            await last.NextResultAsync(cancellationToken);
            place = await last.ReadAsync(cancellationToken) ? (last.GetGuid(0), last.GetFieldValue<byte[]>(1)) : null;
        }
    }
}
