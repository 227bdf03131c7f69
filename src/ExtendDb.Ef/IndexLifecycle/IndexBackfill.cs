using System.Data;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Fills a global index that is CREATING with the items of its table, and makes it ACTIVE.</summary>
/// <remarks>
/// First every writer must know the index (<see cref="WriterBarrier"/>). From then on each write enqueues for the
/// index, so the items that the walk has passed, or cannot see yet, are enqueued by their writers. The walk only
/// inserts markers, and stores its position in the same transaction: it can be killed at any point, and several
/// processes can do it at once.
/// </remarks>
/// <param name="table">The id of the table.</param>
/// <param name="index">The id of the index.</param>
internal sealed class IndexBackfill(ExtendDbRuntime runtime, int table, int index)
{
    private const int Chunk = 1_000;

    // A read of the queue walks over its dead rows, so the walk goes on for this long between two reads.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly WriterBarrier _barrier = new(runtime);
    private long? _lastLook;

    /// <summary>
    /// Gets a description of the thing that the backfill is waiting for; null when there is nothing to report.
    /// </summary>
    public string? WaitsFor { get; private set; }

    /// <summary>Gets how long this process has known the index.</summary>
    public TimeSpan Elapsed => _barrier.Elapsed;

    /// <summary>Takes the steps that are possible without waiting.</summary>
    public async Task<BackfillStep> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        var phase = await ReadPhaseAsync(connection, cancellationToken);
        if (phase == BackfillPhase.NONE)
        {
            return BackfillStep.GivenUp;
        }

        if (phase == BackfillPhase.WAITING && !await _barrier.EveryWriterKnowsAsync(connection, cancellationToken))
        {
            WaitsFor = _barrier.WaitsForTransactions
                ? "transactions that began before it, which pg_stat_activity or pg_prepared_xacts shows"
                : null;
            return BackfillStep.Waiting;
        }

        if (!TimeToLook())
        {
            return BackfillStep.Waiting;
        }

        WaitsFor = null;
        if (phase == BackfillPhase.DRAINING)
        {
            return await ActivateAsync(connection, cancellationToken);
        }

        if ((await runtime.Lag.ReadAsync(connection, sweep: false, cancellationToken)).Most > runtime.Options.Backpressure.PacingLag)
        {
            WaitsFor = "the queue, which lags";
            return BackfillStep.Waiting;
        }

        var time = runtime.Time;
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < BetweenLooks;)
        {
            if (await EnqueueChunkAsync(connection, cancellationToken) is not Chunk)
            {
                // The walk has ended, or another process has the turn.
                break;
            }

            runtime.Signal.At(time.GetUtcNow());
        }

        // The next step may read the queue at once.
        _lastLook = null;
        return BackfillStep.Walking;
    }

    private bool TimeToLook()
    {
        var time = runtime.Time;
        if (_lastLook is { } last && time.GetElapsedTime(last) < BetweenLooks)
        {
            return false;
        }

        _lastLook = time.GetTimestamp();
        return true;
    }

    /// <summary>Reads the phase of the backfill; NONE also when the index is gone.</summary>
    private async Task<BackfillPhase> ReadPhaseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.IndexBackfillPhase, connection)
        {
            Parameters = { new() { Value = index } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is string phase
            ? Enum.Parse<BackfillPhase>(phase)
            : BackfillPhase.NONE;
    }

    /// <summary>Enqueues the next items; null when another process has the turn, or the walk has ended.</summary>
    private async Task<int?> EnqueueChunkAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        if (await TakeTurnAsync(connection, cancellationToken) is not { } place)
        {
            return null;
        }

        await using var enqueue = new NpgsqlCommand(Statements.IndexBackfillEnqueueChunk, connection)
        {
            Parameters =
            {
                new() { Value = index },
                new() { Value = table },
                new() { Value = place.Hash },
                new() { Value = place.Sort },
                new() { Value = Chunk },
            },
        };
        var enqueued = (int)(await enqueue.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return enqueued;
    }

    private async Task<(Guid Hash, byte[] Sort)?> TakeTurnAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var turn = new NpgsqlCommand(Statements.IndexBackfillLock, connection)
        {
            Parameters = { new() { Value = index } },
        };
        await using var reader = await turn.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? null
            : Enum.Parse<BackfillPhase>(reader.GetString(0)) == BackfillPhase.WAITING ? (Guid.Empty, [])
            : (reader.GetGuid(1), reader.GetFieldValue<byte[]>(2));
    }

    private async Task<BackfillStep> ActivateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var ask = new NpgsqlCommand(Statements.IndexBackfillIsApplied, connection)
        {
            Parameters = { new() { Value = index } },
        })
        {
            if (await ask.ExecuteScalarAsync(cancellationToken) is not true)
            {
                WaitsFor = "its last markers, which wait in the queue";
                return BackfillStep.Waiting;
            }
        }

        // False: another process was first, or the index was removed.
        var activate = new NpgsqlBatchCommand(Statements.IndexBackfillActivate) { Parameters = { new() { Value = index } } };
        return await CatalogTransaction.TryAsync(runtime, connection, activate, cancellationToken)
            ? BackfillStep.Active
            : BackfillStep.GivenUp;
    }
}
