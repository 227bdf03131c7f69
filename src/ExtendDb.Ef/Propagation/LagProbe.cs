using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Propagation;

/// <summary>Reads how far the indexes lag, and keeps the last reading for those whom it is new enough.</summary>
/// <remarks>A reading that takes long makes the next one come later, so that it costs at most a twentieth of the time.</remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "Lives as long as the process; a SemaphoreSlim holds nothing to release.")]
internal sealed class LagProbe(LocalDatabase database)
{
    private const int MarkersPerShard = 1_000;
    private const int RestPerReading = 20;
    private static readonly TimeSpan New = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private Reading? _last;

    /// <summary>Returns a reading that is at most a second old, and seldom older than 250 ms.</summary>
    /// <remarks>One caller at a time reads; the others go on with the last reading unless that is old.</remarks>
    public async ValueTask<QueueLag> RecentAsync(CancellationToken cancellationToken)
    {
        if (Recent(New) is { } fresh)
        {
            return fresh;
        }

        if (Recent(Old) is not { } recent)
        {
            await _reading.WaitAsync(cancellationToken);
        }
        else if (!await _reading.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return recent;
        }

        try
        {
            if (Recent(New) is { } another)
            {
                return another;
            }

            await using var connection = await database.OpenForWriterAsync(cancellationToken);
            return await ReadAsync(connection, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Gets the last reading, however old; null before the first.</summary>
    public QueueLag? Last => _last?.Lag;

    /// <summary>As <see cref="RecentAsync"/>, for the hooks that EF calls synchronously.</summary>
    public QueueLag Recent()
    {
        if (Recent(New) is { } fresh)
        {
            return fresh;
        }

        _reading.Wait();
        try
        {
            if (Recent(New) is { } another)
            {
                return another;
            }

            using var connection = database.OpenForWriter();
            var from = Begin(out var isSweep, out var began);
            using var batch = Batch(connection, from);
            var lag = new QueueLag();
            using var reader = batch.ExecuteReader();
            reader.NextResult();
            while (reader.Read())
            {
                lag.Add(reader);
            }

            return Learn(lag, isSweep, began);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads anew, on a connection that is open and in no transaction.</summary>
    public async Task<QueueLag> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var from = Begin(out var isSweep, out var began);
        await using var batch = Batch(connection, from);
        var lag = new QueueLag();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lag.Add(reader);
        }

        return Learn(lag, isSweep, began);
    }

    /// <summary>Reads anew.</summary>
    public async Task<QueueLag> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenForWriterAsync(cancellationToken);
        return await ReadAsync(connection, cancellationToken);
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

    private QueueLag? Recent(TimeSpan atMost)
    {
        var last = _last;
        if (last is null)
        {
            return null;
        }

        var rest = last.Took * RestPerReading;
        return database.Options.TimeProvider.GetElapsedTime(last.At) < (rest > atMost ? rest : atMost) ? last.Lag : null;
    }

    private DateTime[] Begin(out bool isSweep, out long began)
    {
        began = database.Options.TimeProvider.GetTimestamp();
        return database.Hints.Next(out isSweep);
    }

    private QueueLag Learn(QueueLag lag, bool isSweep, long began)
    {
        var took = database.Options.TimeProvider.GetElapsedTime(began);
        if (isSweep)
        {
            database.Hints.Swept(took);
        }

        for (short shard = 0; shard < Shard.Count; shard++)
        {
            if (lag.Oldest.TryGetValue(shard, out var oldest))
            {
                database.Hints.From(shard, oldest);
            }
            else
            {
                database.Hints.Drained(shard, lag.At);
            }
        }

        _last = new(lag, database.Options.TimeProvider.GetTimestamp(), took);
        return lag;
    }

    private sealed record Reading(QueueLag Lag, long At, TimeSpan Took);
}
