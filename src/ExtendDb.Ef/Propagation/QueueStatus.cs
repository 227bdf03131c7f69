using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>What waits in the queue and in quarantine, read from the database.</summary>
internal static class QueueStatus
{
    /// <summary>What waits for one index.</summary>
    /// <param name="Pending">Markers that name it.</param>
    /// <param name="Lag">By how much the oldest due one is overdue; zero when none is due.</param>
    /// <param name="Quarantined">Entries that could not be applied.</param>
    public readonly record struct OfIndex(long Pending, TimeSpan Lag, long Quarantined);

    /// <summary>Reads what waits for each index, by its number. Reads the whole queue.</summary>
    public static async Task<Dictionary<int, OfIndex>> ReadAsync(LocalDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.GsiPendingStatus),
                new NpgsqlBatchCommand(Statements.GsiQuarantineStatus),
            },
        };
        var indexes = new Dictionary<int, OfIndex>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            indexes[reader.GetInt32(0)] = new(
                reader.GetInt64(1), TimeSpan.FromSeconds(reader.IsDBNull(2) ? 0 : reader.GetDouble(2)), Quarantined: 0);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var index = reader.GetInt32(0);
            indexes[index] = indexes.GetValueOrDefault(index) with { Quarantined = reader.GetInt64(1) };
        }

        return indexes;
    }

    /// <summary>Reads by how much the oldest due marker of all is overdue; zero when none is due. Costs a probe a shard.</summary>
    public static async Task<TimeSpan> ReadLagAsync(LocalDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await ReadLagAsync(connection, cancellationToken);
    }

    /// <summary>As the other, on a connection that is open.</summary>
    public static async Task<TimeSpan> ReadLagAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.GsiPendingLag, connection);
        return TimeSpan.FromSeconds((double)(await command.ExecuteScalarAsync(cancellationToken))!);
    }
}
