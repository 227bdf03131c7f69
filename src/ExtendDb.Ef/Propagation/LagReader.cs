using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Propagation;

/// <summary>Reads how far the indexes lag, and keeps the last reading for those whom it is new enough.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "Lives as long as the process; a SemaphoreSlim holds nothing to release.")]
internal sealed class LagReader(ExtendDbRuntime runtime) : IRuntimePart<LagReader>
{
    private const int MarkersPerShard = 1_000;
    private static readonly TimeSpan New = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private int _sweeping;
    private Reading? _last;

    public static LagReader Create(ExtendDbRuntime runtime) => new(runtime);

    /// <summary>Returns a reading that is seldom older than 250 ms, and 5 s at most.</summary>
    /// <remarks>
    /// One caller at a time reads; the others go on with the last reading as long as that means anything. A sweep that takes
    /// long is nobody's in particular: it goes on in the background.
    /// </remarks>
    public async ValueTask<LagReading> RecentAsync(CancellationToken cancellationToken)
    {
        if (Last(New) is { } fresh)
        {
            return fresh;
        }

        if (!await _reading.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            if (Last(Unknown) is { } recent)
            {
                return recent;
            }

            await _reading.WaitAsync(cancellationToken);
        }

        try
        {
            if (Last(New) is { } another)
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

    /// <summary>As <see cref="RecentAsync(CancellationToken)"/>, for a caller who holds a connection, in no transaction, and must not wait for another.</summary>
    /// <returns>Null when there is no reading that means anything, and another caller is reading.</returns>
    public async ValueTask<LagReading?> RecentAsync(NpgsqlConnection held, CancellationToken cancellationToken)
    {
        if (Last(New) is { } fresh)
        {
            return fresh;
        }

        if (!await _reading.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return Last(Unknown);
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

    /// <summary>Returns the last reading for who must not wait for another, and sees to it that there will be a new one.</summary>
    /// <returns>Null when there is none that means anything.</returns>
    public LagReading? RecentWithoutWaiting()
    {
        if (Last(Old) is null && _reading.CurrentCount > 0)
        {
            InBackground(() => RecentAsync(CancellationToken.None).AsTask());
        }

        return Last(Unknown);
    }

    /// <summary>Reads anew, on a connection that is open and in no transaction.</summary>
    /// <param name="sweep">
    /// Whether to look without hints when it is time for that: it walks over all that is dead in the queue.
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

    /// <summary>Reads anew.</summary>
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
                    new() { Value = MarkersPerShard },
                },
            },
        },
    };

    /// <summary>Tells whether a reading may be the sweep; one that would take long begins in the background.</summary>
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

    private LagReading? Last(TimeSpan atMost) =>
        _last is { } last && runtime.Time.GetElapsedTime(last.At) < atMost ? last.Lag : null;

    /// <param name="lag">What was read.</param>
    /// <param name="looked">The bounds with which it was read; null when it was read without.</param>
    private LagReading Learn(LagReading lag, DateTime[]? looked)
    {
        for (short shard = 0; shard < Shard.Count; shard++)
        {
            if (lag.Oldest.TryGetValue(shard, out var oldest))
            {
                runtime.Hints.From(shard, oldest, looked?[shard]);
            }
            else
            {
                runtime.Hints.Drained(shard, lag.At, looked?[shard]);
            }
        }

        _last = new(lag, runtime.Time.GetTimestamp());
        return lag;
    }

    private sealed record Reading(LagReading Lag, long At);
}
