using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Streams;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.StreamLifecycle;

/// <summary>Finishes what CreateTable, UpdateTable and DeleteTable began: lets streams begin and end.</summary>
/// <remarks>
/// A stream begins when every writer knows it, so that no writer with older definitions leaves a change out; it ends when no
/// transaction runs that could still add a record. Several processes can do this at once, and can be killed at any point.
/// </remarks>
internal sealed class StreamSwitches(ExtendDbRuntime runtime, ILogger logger)
{
    private readonly Dictionary<int, WriterBarrier> _barriers = [];

    /// <summary>Gets whether a stream waits for transactions to end.</summary>
    public bool WaitsForTransactions => _barriers.Values.Any(barrier => barrier.WaitsForTransactions);

    /// <summary>Takes the steps that are possible without waiting, for every stream that is changing.</summary>
    /// <returns>True when a stream is changing, so that another step soon makes sense.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await runtime.Definitions.GetAsync(cancellationToken);
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        var changing = await ReadAsync(connection, cancellationToken);
        foreach (var stream in changing)
        {
            if (!_barriers.TryGetValue(stream.Barrier, out var barrier))
            {
                _barriers.Add(stream.Barrier, barrier = new(runtime));
            }

            if (await barrier.EveryWriterKnowsAsync(connection, cancellationToken)
                && await SwitchAsync(connection, stream, cancellationToken))
            {
                StreamLog.Switched(
                    logger, stream.TableName, stream.Label, stream.IsEnabling ? StreamStatus.ENABLED : StreamStatus.DISABLED);
            }
        }

        foreach (var gone in _barriers.Keys.Except(changing.Select(stream => stream.Barrier)).ToList())
        {
            _barriers.Remove(gone);
        }

        return changing.Count > 0;
    }

    private static async Task<bool> SwitchAsync(
        NpgsqlConnection connection, Changing stream, CancellationToken cancellationToken)
    {
        if (!stream.IsEnabling)
        {
            for (short shard = 0; shard < StreamDefinition.Shards; shard++)
            {
                await StreamNumbering.NumberAsync(connection, stream.Id, shard, cancellationToken);
            }
        }

        await using var command = new NpgsqlCommand(
            stream.IsEnabling ? Statements.StreamsEnable : Statements.StreamsDisable, connection)
        {
            Parameters = { new() { Value = stream.Id } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static async Task<List<Changing>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.StreamsChanging, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var changing = new List<Changing>();
        while (await row.ReadAsync(cancellationToken))
        {
            changing.Add(new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3) == nameof(StreamStatus.ENABLING)));
        }

        return changing;
    }

    private sealed record Changing(int Id, string TableName, string Label, bool IsEnabling)
    {
        /// <summary>Gets the key of the barrier; a stream that is disabled while it is ENABLING needs another one.</summary>
        public int Barrier => IsEnabling ? Id : -Id;
    }
}
