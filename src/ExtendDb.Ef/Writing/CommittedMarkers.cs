using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Writing;

/// <summary>What saves owe once their transaction has committed: to apply markers without delay, to wake a worker, to be slowed.</summary>
/// <remarks>Losing this loses no marker: a worker finds them by polling.</remarks>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="tables">The tables that were written.</param>
/// <param name="markers">The markers that were saved; those of items that changed during the save are not among them.</param>
internal sealed class CommittedMarkers(
    ExtendDbRuntime runtime, IReadOnlyCollection<TableDefinition> tables, IReadOnlyCollection<Marker> markers)
{
    private readonly List<TableDefinition> _tables = [.. tables];
    private readonly List<Marker> _markers = [.. markers];

    /// <summary>Adds what a later save of the same transaction owes.</summary>
    public void Add(CommittedMarkers later)
    {
        _tables.AddRange(later._tables);
        _markers.AddRange(later._markers);
    }

    /// <summary>Wakes the worker of this process for when the first marker becomes due.</summary>
    public void Wake() => runtime.Signal.At(
        _markers.Count == 0 ? runtime.Time.GetUtcNow() : _markers.Min(m => m.Row.ReadyAt) - runtime.Clock.Offset);

    /// <summary>Applies the markers of indexes without delay, wakes the worker for the others, and slows the writer while the indexes lag.</summary>
    /// <param name="context">The context of the writer; its connection is used, if it holds one.</param>
    /// <param name="cancellationToken">Ends the waiting; the write is committed all the same.</param>
    /// <remarks>
    /// The write is committed: no error, and no cancellation, must make it look like a failed one. A worker applies the markers
    /// that are left.
    /// </remarks>
    public async Task SettleAsync(DbContext context, CancellationToken cancellationToken)
    {
        KillPoint.Reach(KillPoint.WriterCommitted);
        try
        {
            var immediate = _markers.Where(m => m.IsImmediate).ToLookup(m => m.Row.Shard, m => m.Row.ReadyAt);
            if (immediate.Count > 0)
            {
                await using var held = await ContextConnection.OpenAsync(context, cancellationToken);
                foreach (var shard in immediate)
                {
                    await runtime.Batches.ApplyImmediatelyAsync(
                        held.Connection, shard.Key, shard.Min(), shard.Max(), cancellationToken);
                }
            }

            if (_markers.Count == 0 || _markers.Exists(m => !m.IsImmediate))
            {
                Wake();
            }

            await using ContextConnection? own = ContextConnection.IsHeld(context)
                ? await ContextConnection.OpenAsync(context, cancellationToken)
                : null;
            await runtime.Backpressure.AfterCommitAsync(_tables.Distinct(), own?.Connection, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Wake();
        }
        catch (Exception failed)
        {
            Wake();
            runtime.PostCommitFailures.Add(failed);
        }
    }

    /// <summary>As <see cref="SettleAsync"/>, for the hooks that EF calls synchronously: it leaves all markers to a worker.</summary>
    public void Settle()
    {
        KillPoint.Reach(KillPoint.WriterCommitted);
        Wake();
    }
}
