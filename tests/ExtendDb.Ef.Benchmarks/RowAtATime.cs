using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>The peer: one queue row per transaction, each statement prepared.</summary>
internal static class RowAtATime
{
    /// <summary>Applies rows for some time.</summary>
    /// <returns>How many.</returns>
    public static async Task<long> RunAsync(
        string connectionString, int connections, TimeSpan time, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            () => ApplyAsync(connectionString, time, cancellationToken), cancellationToken)));
        return counts.Sum();
    }

    private static async Task<long> ApplyAsync(string connectionString, TimeSpan time, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var claim = new NpgsqlCommand(BenchmarkSql.RowClaim, connection);
        await claim.PrepareAsync(cancellationToken);
        await using var apply = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(BenchmarkSql.RowDeleteEntry)
                {
                    Parameters =
                    {
                        new() { NpgsqlDbType = NpgsqlDbType.Integer },
                        new() { NpgsqlDbType = NpgsqlDbType.Uuid },
                        new() { NpgsqlDbType = NpgsqlDbType.Bytea },
                    },
                },
                new(BenchmarkSql.RowInsertEntry) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Bigint } } },
                new(BenchmarkSql.RowDeleteMarker) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Bigint } } },
            },
        };
        await apply.PrepareAsync(cancellationToken);
        var applied = 0L;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var reader = await claim.ExecuteReaderAsync(cancellationToken))
            {
                if (!await reader.ReadAsync(cancellationToken))
                {
                    throw new InvalidOperationException("The queue of the peer is empty: fill in more rows.");
                }

                var key = apply.BatchCommands[0].Parameters;
                (key[0].Value, key[1].Value, key[2].Value) = (reader.GetValue(1), reader.GetValue(2), reader.GetValue(3));
                apply.BatchCommands[1].Parameters[0].Value = reader.GetInt64(0);
                apply.BatchCommands[2].Parameters[0].Value = reader.GetInt64(0);
            }

            await apply.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            applied++;
        }

        return applied;
    }
}
