using System.Collections.Concurrent;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Telemetry;
using Npgsql;

namespace ExtendDb.Ef.Backpressure;

/// <summary>
/// Bounds the lag of the global indexes: delays the writes that add to it, then makes them apply batches, then refuses
/// them.
/// </summary>
internal sealed class Backpressure(ExtendDbRuntime runtime) : IRuntimePart<Backpressure>
{
    private const int Helpers = 2;

    // Helpers leave half of the slots to the worker, whose batches take larger steps.
    private const int SlotsOfHelper = 16;
    private const double HelpAbove = 0.5;
    private const double OpenAgainAt = 0.7;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastDelay = TimeSpan.FromMilliseconds(1);

    // At most this many writers help at a time; each takes a sizer and returns it.
    private readonly ConcurrentBag<BatchSizer> _sizers =
        [.. Enumerable.Range(0, Helpers).Select(_ => new BatchSizer(runtime.Options.Propagation.MaxBatchSize, SlotsOfHelper))];

    private readonly ConcurrentDictionary<int, bool> _closed = [];

    public static Backpressure Create(ExtendDbRuntime runtime) => new(runtime);

    /// <summary>Refuses a write before its first statement when the indexes of one of its tables lag too far.</summary>
    /// <param name="tables">The tables that the write changes.</param>
    /// <param name="holdsConnection">
    /// Whether the writer holds a connection. Then it must not wait for another one: the last reading of the lag
    /// counts, and the writer does not help.
    /// </param>
    /// <exception cref="ProvisionedThroughputExceededException">One of the tables accepts no writes now.</exception>
    /// <remarks>
    /// A refused writer applies a batch first, so that a table opens again even when no worker runs.
    /// </remarks>
    public async ValueTask AdmitAsync(
        IEnumerable<TableDefinition> tables, bool holdsConnection, CancellationToken cancellationToken)
    {
        if (Guarded(tables, GsiBackpressure.Reject) is not [_, ..] guarded)
        {
            return;
        }

        var lag = holdsConnection
            ? runtime.Lag.RecentWithoutWaiting()
            : await runtime.Lag.RecentAsync(cancellationToken);
        if (lag is not null && Refusal(guarded, lag) is { } refusal)
        {
            if (!holdsConnection)
            {
                await HelpAsync(held: null, cancellationToken);
            }

            throw refusal;
        }
    }

    /// <summary>
    /// Makes a write that has committed apply a batch, and delays it, while the indexes of its tables lag.
    /// </summary>
    /// <param name="tables">The tables that the write has changed.</param>
    /// <param name="held">
    /// The connection that the writer still holds, outside a transaction; null when it holds none.
    /// </param>
    /// <param name="cancellationToken">Cancels the delay.</param>
    public async Task AfterCommitAsync(
        IEnumerable<TableDefinition> tables, NpgsqlConnection? held, CancellationToken cancellationToken)
    {
        if (Guarded(tables, GsiBackpressure.Delay) is not [_, ..] guarded
            || await LagAsync(held, cancellationToken) is not { } lag)
        {
            return;
        }

        var began = runtime.Time.GetTimestamp();
        if (guarded.Exists(table => table.Mode >= GsiBackpressure.Assist && Share(table, lag) > HelpAbove))
        {
            await HelpAsync(held, cancellationToken);
        }

        var rest = DelayFor(guarded, lag) - runtime.Time.GetElapsedTime(began);
        if (rest >= LeastDelay)
        {
            GsiMetrics.Throttled(runtime.Name, "delayed");
            await Task.Delay(rest, runtime.Time, cancellationToken);
        }
    }

    /// <summary>Returns what a write of a table meets in this process at a reading of the lag.</summary>
    public BackpressureState StateOf(TableDefinition table, LagReading lag)
    {
        var (mode, limit) = runtime.Options.Backpressure.Of(table.Name);
        var guard = new Guard(table, mode, limit);
        return new(
            mode,
            limit,
            lag.Of(table),
            mode == GsiBackpressure.Off || table.GlobalIndexes.Count == 0 ? TimeSpan.Zero : DelayFor([guard], lag),
            mode >= GsiBackpressure.Assist && Share(guard, lag) > HelpAbove,
            mode == GsiBackpressure.Reject && IsClosed(guard, lag));
    }

    private async ValueTask<LagReading?> LagAsync(NpgsqlConnection? held, CancellationToken cancellationToken) => held is null
        ? await runtime.Lag.RecentAsync(cancellationToken)
        : await runtime.Lag.RecentAsync(held, cancellationToken);

    private List<Guard> Guarded(IEnumerable<TableDefinition> tables, GsiBackpressure from)
    {
        var options = runtime.Options.Backpressure;
        var guarded = new List<Guard>();
        foreach (var table in tables)
        {
            var (mode, limit) = options.Of(table.Name);
            if (mode >= from && table.GlobalIndexes.Count > 0)
            {
                guarded.Add(new(table, mode, limit));
            }
        }

        return guarded;
    }

    private ProvisionedThroughputExceededException? Refusal(List<Guard> guarded, LagReading lag)
    {
        foreach (var guard in guarded)
        {
            var (table, _, limit) = guard;
            if (IsClosed(guard, lag))
            {
                _closed[table.Id] = true;
                GsiMetrics.Throttled(runtime.Name, "refused");
                return new(table.Name, lag.Of(table), limit);
            }

            _closed.TryRemove(table.Id, out _);
        }

        return null;
    }

    private bool IsClosed(Guard guard, LagReading lag) =>
        lag.Of(guard.Table) >= (_closed.ContainsKey(guard.Table.Id) ? guard.Limit * OpenAgainAt : guard.Limit);

    private static double Share(Guard table, LagReading lag) => lag.Of(table.Table) / table.Limit;

    private static TimeSpan DelayFor(List<Guard> guarded, LagReading lag) =>
        LongestDelay * Math.Pow(Math.Min(1, guarded.Max(table => Share(table, lag))), 3);

    /// <summary>Applies a batch, unless enough other writers are helping.</summary>
    private async Task HelpAsync(NpgsqlConnection? held, CancellationToken cancellationToken)
    {
        if (!_sizers.TryTake(out var sizer))
        {
            return;
        }

        try
        {
            var batch = held is null
                ? await runtime.Batches.ApplyDueAsync(sizer, cancellationToken)
                : await runtime.Batches.ApplyDueAsync(held, sizer, cancellationToken);
            if (batch.Markers > 0)
            {
                GsiMetrics.Assisted(runtime.Name);
            }
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // The cause of the failure is not this write. The next helper continues as a worker would.
            sizer.Failed(carefully: failed is PostgresException refused && SqlErrors.IsOfTheRow(refused));
            runtime.PostCommitFailures.Add(failed);
        }
        finally
        {
            _sizers.Add(sizer);
        }
    }

    private sealed record Guard(TableDefinition Table, GsiBackpressure Mode, TimeSpan Limit);
}
