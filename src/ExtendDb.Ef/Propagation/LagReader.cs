using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Propagation;

/// <summary>Reads the lag of the indexes, and keeps the last reading for callers for whom it is new enough.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "Lives as long as the process; a SemaphoreSlim holds nothing to release.")]
internal sealed class LagReader(ExtendDbRuntime runtime) : IRuntimePart<LagReader>
{
    private const int MarkersPerSlot = 500;
    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsableFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private int _sweeping;
    private Reading? _last;

    public static LagReader Create(ExtendDbRuntime runtime) => new(runtime);

    /// <summary>Returns a reading that is seldom older than 250 ms, and never older than 5 s.</summary>
    /// <remarks>
    /// One caller at a time reads; the other callers use the last reading while it is younger than 5 s. A sweep that
    /// would take long runs in the background instead of in a caller.
    /// </remarks>
    public async ValueTask<LagReading> RecentAsync(CancellationToken cancellationToken)
    {
        if (LastWithin(FreshFor) is { } fresh)
        {
            return fresh;
        }

        if (!await _reading.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            if (LastWithin(UsableFor) is { } recent)
            {
                return recent;
            }

            await _reading.WaitAsync(cancellationToken);
        }

        try
        {
            if (LastWithin(FreshFor) is { } another)
            {
                return another;
            }

            await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
            return await ReadAsync(connection, SweepsInPassing(), cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>
    /// Returns a recent reading like <see cref="RecentAsync(CancellationToken)"/>, over a connection that the caller
    /// already holds, outside a transaction, so that the caller does not wait for another connection.
    /// </summary>
    /// <returns>Null when the last reading is older than 5 s and another caller is reading.</returns>
    public async ValueTask<LagReading?> RecentAsync(NpgsqlConnection held, CancellationToken cancellationToken)
    {
        if (LastWithin(FreshFor) is { } fresh)
        {
            return fresh;
        }

        if (!await _reading.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return LastWithin(UsableFor);
        }

        try
        {
            return await ReadAsync(held, SweepsInPassing(), cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>
    /// Returns the last reading at once, and starts a new one in the background when the last is older than 1 s.
    /// </summary>
    /// <returns>Null when the last reading is older than 5 s.</returns>
    public LagReading? RecentWithoutWaiting()
    {
        if (LastWithin(RefreshAfter) is null && _reading.CurrentCount > 0)
        {
            InBackground(() => RecentAsync(CancellationToken.None).AsTask());
        }

        return LastWithin(UsableFor);
    }

    /// <summary>Reads the lag from the database, on an open connection without a transaction.</summary>
    /// <param name="sweep">
    /// Whether the reading ignores the hints when a sweep is due; a sweep walks over all dead rows of the queue.
    /// </param>
    public async Task<LagReading> ReadAsync(NpgsqlConnection connection, bool sweep, CancellationToken cancellationToken)
    {
        var isSweep = false;
        var from = sweep ? runtime.Hints.Next(out isSweep) : runtime.Hints.Current();
        var began = runtime.Time.GetTimestamp();
        try
        {
            await using var batch = Batch(connection, from);
            batch.Timeout = isSweep ? 0 : batch.Timeout;
            var lag = new LagReading();
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                lag.Add(reader);
            }

            return Learn(lag, isSweep ? null : from);
        }
        finally
        {
            if (isSweep)
            {
                runtime.Hints.Swept(runtime.Time.GetElapsedTime(began));
            }
        }
    }

    /// <summary>Reads the lag from the database.</summary>
    public async Task<LagReading> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        return await ReadAsync(connection, SweepsInPassing(), cancellationToken);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, DateTime[] from) => new(connection)
    {
        BatchCommands =
        {
            new NpgsqlBatchCommand(Statements.BatchBegin),
            new NpgsqlBatchCommand(Statements.GsiPendingLag)
            {
                Parameters =
                {
                    new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = from },
                    new() { Value = MarkersPerSlot },
                },
            },
        },
    };

    /// <summary>
    /// Returns whether the next reading may be the sweep; a sweep that would take long starts in the background.
    /// </summary>
    private bool SweepsInPassing()
    {
        if (runtime.Hints.IsSweepCheap)
        {
            return true;
        }

        SweepInBackground();
        return false;
    }

    private void SweepInBackground()
    {
        if (runtime.Hints.IsSweepDue && Interlocked.Exchange(ref _sweeping, 1) == 0)
        {
            InBackground(SweepAsync);
        }
    }

    // A reading that fails is left to the next caller.
    private void InBackground(Func<Task> read) => Task.Run(read).ContinueWith(
        failed => runtime.PostCommitFailures.Add(failed.Exception!.GetBaseException()),
        TaskContinuationOptions.OnlyOnFaulted);

    private async Task SweepAsync()
    {
        try
        {
            await using var connection = await runtime.Connections.OpenAsync(CancellationToken.None);
            await ReadAsync(connection, sweep: true, CancellationToken.None);
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    private LagReading? LastWithin(TimeSpan age) =>
        _last is { } last && runtime.Time.GetElapsedTime(last.At) < age ? last.Lag : null;

    /// <param name="looked">The hints with which the reading was made; null for a sweep.</param>
    private LagReading Learn(LagReading lag, DateTime[]? looked)
    {
        for (short slot = 0; slot < ItemSlot.Count; slot++)
        {
            if (lag.Oldest.TryGetValue(slot, out var oldest))
            {
                runtime.Hints.From(slot, oldest, looked?[slot]);
            }
            else
            {
                runtime.Hints.Drained(slot, lag.At, looked?[slot]);
            }
        }

        _last = new(lag, runtime.Time.GetTimestamp());
        return lag;
    }

    private sealed record Reading(LagReading Lag, long At);
}
