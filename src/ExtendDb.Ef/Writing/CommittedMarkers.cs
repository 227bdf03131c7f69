using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// The work for saves once their transaction has committed: to apply markers without delay, to wake a worker, and to
/// slow the writer.
/// </summary>
/// <remarks>
/// <see cref="UncommittedSaves"/> keeps the work of a save in an open transaction until the commit. If the work is lost,
/// no marker is lost: a worker finds the markers when it polls.
/// </remarks>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="tables">The tables that were written.</param>
/// <param name="markers">The saved markers, without those that a correction during the save enqueued.</param>
internal sealed class CommittedMarkers(
    ExtendDbRuntime runtime, IReadOnlyCollection<TableDefinition> tables, IReadOnlyCollection<Marker> markers)
{
    private readonly List<TableDefinition> _tables = [.. tables];
    private readonly List<Marker> _markers = [.. markers];

    /// <summary>Adds the tables and markers of a later save in the same transaction.</summary>
    public void Add(CommittedMarkers later)
    {
        _tables.AddRange(later._tables);
        _markers.AddRange(later._markers);
    }

    /// <summary>Wakes a loop of this process's worker when the first marker becomes due.</summary>
    public void Wake() => runtime.Signal.At(
        _markers.Count == 0 ? runtime.Time.GetUtcNow() : _markers.Min(m => m.Row.ReadyAt) - runtime.Clock.Offset);

    /// <summary>
    /// Applies the markers of indexes without delay, wakes the worker for the others, and slows the writer while the
    /// indexes lag.
    /// </summary>
    /// <param name="context">The context of the writer; its connection is used if the context holds one.</param>
    /// <param name="cancellationToken">Cancels the work; a worker does the rest.</param>
    /// <remarks>
    /// The write is committed, so the method throws neither for an error nor for a cancellation: the caller would take
    /// the write for a failed one. A worker applies the markers that are left.
    /// </remarks>
    public Task SettleAsync(DbContext context, CancellationToken cancellationToken) =>
        SettleAsync(new OperationContext(context, runtime), cancellationToken);

    /// <summary>Does what the other overload does, for an operation.</summary>
    public async Task SettleAsync(OperationContext context, CancellationToken cancellationToken)
    {
        KillPoint.Reach(KillPoint.WriterCommitted);
        try
        {
            var immediate = _markers.Where(m => m.IsImmediate).ToLookup(m => m.Row.Slot, m => m.Row.ReadyAt);
            if (immediate.Count > 0)
            {
                await using var held = await OperationConnection.OpenAsync(context, cancellationToken);
                foreach (var slot in immediate)
                {
                    await runtime.Batches.ApplyImmediatelyAsync(
                        held.Connection, slot.Key, slot.Min(), slot.Max(), cancellationToken);
                }
            }

            if (_markers.Count == 0 || _markers.Exists(m => !m.IsImmediate))
            {
                Wake();
            }

            await using var own = context.HoldsConnection
                ? await OperationConnection.OpenAsync(context, cancellationToken)
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

    /// <summary>
    /// Does what <see cref="SettleAsync(DbContext, CancellationToken)"/> does for the hooks that EF calls synchronously, but leaves all markers to a
    /// worker.
    /// </summary>
    public void Settle()
    {
        KillPoint.Reach(KillPoint.WriterCommitted);
        Wake();
    }
}
