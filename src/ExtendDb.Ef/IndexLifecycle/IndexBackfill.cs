using System.Data;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Fills a global index that is CREATING with the items that its table has, and makes it ACTIVE.</summary>
/// <remarks>
/// First every writer must know the index: it waits until every process has read the definitions anew, and then until
/// every transaction that was running at that moment has ended. From then on each write enqueues for the index, so that
/// what the walk over the items passes, or does not see yet, is enqueued by its writer. The walk only inserts markers, and
/// notes in the same transaction how far it came: it can be killed at any point, and several processes can do it at once.
/// </remarks>
/// <param name="database">The database.</param>
/// <param name="table">The table's number.</param>
/// <param name="index">The index's number.</param>
internal sealed class IndexBackfill(LocalDatabase database, int table, int index)
{
    private const int Chunk = 1_000;

    // More than the time that a writer needs from reading the definitions to the beginning of its transaction.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    // The markers of the walk stand in one queue with those of writers, which must not wait behind it for long.
    private static readonly TimeSpan MostLag = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    private readonly long _firstSeen = database.Options.TimeProvider.GetTimestamp();
    private HashSet<string>? _running;
    private bool _saidWait;

    /// <summary>Does all that can be done without waiting.</summary>
    /// <returns>True when nothing is left: the index is ACTIVE, or not to be filled any more.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        if (await ReadStateAsync(connection, cancellationToken) is not { } state)
        {
            return true;
        }

        if (!state.Begun && !await EveryWriterKnowsAsync(connection, state.LongestPoll, cancellationToken))
        {
            return false;
        }

        for (var ended = state.Ended; !ended;)
        {
            if (await QueueStatus.ReadLagAsync(database, cancellationToken) > MostLag
                || await EnqueueChunkAsync(connection, cancellationToken) is not { } enqueued)
            {
                return false;
            }

            ended = enqueued < Chunk;
            database.WakeUp.At(database.Options.TimeProvider.GetUtcNow());
        }

        return await ActivateAsync(connection, cancellationToken);
    }

    /// <summary>Tells once how many transactions are waited for, when that takes long.</summary>
    public int? TakeLongWait()
    {
        if (_saidWait || _running is not { Count: > 0 } running
            || database.Options.TimeProvider.GetElapsedTime(_firstSeen) < LongWait)
        {
            return null;
        }

        _saidWait = true;
        return running.Count;
    }

    private async Task<State?> ReadStateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.IndexBackfillState, connection)
        {
            Parameters = { new() { Value = index } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(TimeSpan.FromMilliseconds(reader.GetInt32(0)), reader.GetBoolean(1), reader.GetBoolean(2))
            : null;
    }

    private async Task<bool> EveryWriterKnowsAsync(
        NpgsqlConnection connection, TimeSpan longestPoll, CancellationToken cancellationToken)
    {
        if (database.Options.TimeProvider.GetElapsedTime(_firstSeen) < longestPoll + Margin)
        {
            return false;
        }

        var running = await ReadRunningTransactionsAsync(connection, cancellationToken);
        if (_running is null)
        {
            _running = running;
        }
        else
        {
            _running.IntersectWith(running);
        }

        return _running.Count == 0;
    }

    private static async Task<HashSet<string>> ReadRunningTransactionsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.IndexBackfillRunningTransactions, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var running = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            running.Add(reader.GetString(0));
        }

        return running;
    }

    /// <summary>Enqueues the next items; null when another process is doing it, or the index is not to be filled any more.</summary>
    private async Task<int?> EnqueueChunkAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        Guid hash;
        byte[] sort;
        await using (var turn = new NpgsqlCommand(Statements.IndexBackfillLock, connection)
        {
            Parameters = { new() { Value = index } },
        })
        {
            await using var reader = await turn.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            (hash, sort) = reader.IsDBNull(0)
                ? (Guid.Empty, [])
                : (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
        }

        await using var enqueue = new NpgsqlCommand(Statements.IndexBackfillEnqueueChunk, connection)
        {
            Parameters =
            {
                new() { Value = index },
                new() { Value = table },
                new() { Value = hash },
                new() { Value = sort },
                new() { Value = Chunk },
            },
        };
        var enqueued = (int)(await enqueue.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return enqueued;
    }

    private async Task<bool> ActivateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var activate = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.CatalogStateBump),
                new NpgsqlBatchCommand(Statements.IndexBackfillActivate) { Parameters = { new() { Value = index } } },
            },
        };
        await activate.ExecuteNonQueryAsync(cancellationToken);
        if (activate.BatchCommands[1].RecordsAffected == 0)
        {
            // Markers wait still, or another process was first. The version is as it was.
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        database.Definitions.Forget();
        return true;
    }

    private readonly record struct State(TimeSpan LongestPoll, bool Begun, bool Ended);
}
