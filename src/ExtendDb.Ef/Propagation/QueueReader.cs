using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Telemetry;
using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>Reads what waits in the queue and in quarantine from the database.</summary>
internal static class QueueReader
{
    /// <summary>The markers and the quarantine of one index.</summary>
    /// <param name="Pending">The number of markers that name the index.</param>
    /// <param name="Lag">The time by which the oldest due marker is overdue; zero when none is due.</param>
    /// <param name="Quarantined">The number of entries that could not be applied.</param>
    public readonly record struct IndexQueue(long Pending, TimeSpan Lag, long Quarantined);

    /// <summary>
    /// Reads the whole queue, the quarantine, the backfills and the vacuum horizon for the gauges and the command line.
    /// </summary>
    public static async Task<QueueSample> SampleAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        var definitions = await runtime.Definitions.GetAsync(cancellationToken);
        var waiting = await ReadAsync(runtime, cancellationToken);
        var backfills = await ReadBackfillsAsync(runtime, cancellationToken);
        var indexes =
            from table in definitions.Tables
            orderby table.Name
            from index in table.GlobalIndexes
            let now = waiting.GetValueOrDefault(index.Id)
            select new SampledIndex(
                table.Name, index.Name, now.Pending, now.Lag, now.Quarantined,
                backfills.TryGetValue(index.Id, out var progress) ? progress : null);
        return new(runtime.Name, [.. indexes], await ReadHorizonAsync(runtime, cancellationToken));
    }

    /// <summary>Reads the markers and the quarantine of each index, by index id; scans the whole queue.</summary>
    public static async Task<Dictionary<int, IndexQueue>> ReadAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.GsiPendingStatus),
                new NpgsqlBatchCommand(Statements.GsiQuarantineStatus),
            },
        };
        var indexes = new Dictionary<int, IndexQueue>();
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

    /// <summary>Counts the markers of the whole queue.</summary>
    public static async Task<long> CountAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.GsiPendingCount, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Reads the share, 0 to 1, of its table that the backfill of each CREATING index has walked over, by index id.
    /// </summary>
    public static async Task<Dictionary<int, double>> ReadBackfillsAsync(
        ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.IndexBackfillProgress, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var progress = new Dictionary<int, double>();
        while (await reader.ReadAsync(cancellationToken))
        {
            progress.Add(reader.GetInt32(0), Enum.Parse<BackfillPhase>(reader.GetString(1)) switch
            {
                BackfillPhase.WAITING => 0,
                BackfillPhase.WALKING => PartitionHash.ShareBelow(reader.GetGuid(2)),
                _ => 1,
            });
        }

        return progress;
    }

    /// <summary>Reads which session or slot holds back VACUUM longest, and for how long; null when none does.</summary>
    public static async Task<VacuumHorizon?> ReadHorizonAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.VacuumHorizonOldest, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetString(0), reader.IsDBNull(1) ? null : TimeSpan.FromSeconds(reader.GetDouble(1)))
            : null;
    }

    /// <summary>Reads how many markers have been enqueued and applied so far.</summary>
    public static async Task<Traffic> ReadTrafficAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.GsiPendingTraffic, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetDateTime(2));
    }

    /// <summary>The counts of enqueued and applied markers at one time.</summary>
    /// <param name="Enqueued">The number of markers enqueued since the statistics of the server began.</param>
    /// <param name="Applied">The number of markers applied since then.</param>
    /// <param name="At">The time of the counts by the database's clock.</param>
    public readonly record struct Traffic(long Enqueued, long Applied, DateTime At)
    {
        private const double ShortestSeconds = 0.001;

        /// <summary>Returns how many markers a second have been enqueued and applied since earlier counts.</summary>
        /// <remarks>The counts begin again from 0 when the statistics of the server are reset.</remarks>
        public (double Enqueued, double Applied) RatesSince(Traffic before)
        {
            var seconds = Math.Max((At - before.At).TotalSeconds, ShortestSeconds);
            return (Math.Max(0, Enqueued - before.Enqueued) / seconds, Math.Max(0, Applied - before.Applied) / seconds);
        }
    }
}
