using System.Runtime.CompilerServices;
using System.Transactions;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Propagation;

/// <summary>The markers that a context has saved in a transaction which has not committed yet.</summary>
/// <remarks>
/// Only to know, after the commit, whom to wake. A context that is dropped, or whose transaction the user commits behind
/// EF's back, loses no marker by losing this: the worker finds them by polling.
/// </remarks>
internal sealed class UncommittedMarkers
{
    private static readonly ConditionalWeakTable<DbContext, UncommittedMarkers> ByContext = [];

    private readonly List<GsiPending> _markers = [];
    private Guid _transaction;

    /// <summary>Takes note of saved markers, and returns them when the save has committed them.</summary>
    /// <returns>The committed markers; null when there are none, or the transaction is still open.</returns>
    public static UncommittedMarkers? AfterSave(DbContext context, IReadOnlyCollection<GsiPending> markers)
    {
        if (markers.Count == 0)
        {
            return null;
        }

        if (context.Database.CurrentTransaction is not null)
        {
            var uncommitted = ByContext.GetOrCreateValue(context);
            if (uncommitted._transaction != context.Database.CurrentTransaction.TransactionId)
            {
                // Those of an earlier transaction that was dropped, or that the user ended behind EF's back.
                uncommitted._markers.Clear();
                uncommitted._transaction = context.Database.CurrentTransaction.TransactionId;
            }

            uncommitted._markers.AddRange(markers);
            return null;
        }

        var saved = new UncommittedMarkers();
        saved._markers.AddRange(markers);
        if ((Transaction.Current ?? context.Database.GetEnlistedTransaction()) is { } ambient)
        {
            var runtime = ExtendDbRuntime.Of(context);
            ambient.TransactionCompleted += (_, end) =>
            {
                if (end.Transaction?.TransactionInformation.Status == TransactionStatus.Committed)
                {
                    saved.Wake(runtime);
                }
            };
            return null;
        }

        return saved;
    }

    /// <summary>Returns the markers of the transaction that a context has just ended, and forgets them.</summary>
    public static UncommittedMarkers? Take(DbContext context) =>
        ByContext.TryGetValue(context, out var markers) && ByContext.Remove(context) ? markers : null;

    /// <summary>Wakes the worker of this process for when the first marker becomes due.</summary>
    public void Wake(ExtendDbRuntime runtime) =>
        runtime.WakeUp.At(_markers.Min(m => m.ReadyAt) - runtime.ClockOffset);

    /// <summary>
    /// Applies the markers of indexes without delay, wakes the worker for the others, and slows the caller while the
    /// indexes lag.
    /// </summary>
    /// <remarks>
    /// The write is committed: no error, and no caller who gives up, must make it look like a failed one.
    /// The markers are still there then, and a worker applies them.
    /// </remarks>
    public async Task AfterCommitAsync(DbContext context, CancellationToken cancellationToken)
    {
        KillPoint.Reach(KillPoint.WriterCommitted);
        var runtime = ExtendDbRuntime.Of(context);
        var applied = 0;
        try
        {
            var definitions = await runtime.Definitions.GetAsync(cancellationToken);
            var immediate = _markers
                .Where(m => m.IndexIds.Any(id => definitions.FindIndex(id) is { PropagationDelay.Ticks: 0 }))
                .ToLookup(m => m.Shard, m => m.ReadyAt);
            foreach (var shard in immediate)
            {
                await runtime.Batches.ApplyOwnAsync(shard.Key, shard.Min(), shard.Max(), cancellationToken);
                applied += shard.Count();
            }

            if (applied < _markers.Count)
            {
                Wake(runtime);
            }

            if (DeferredWait.Of(context) is { } later)
            {
                later.Tables = Tables(definitions);
            }
            else
            {
                await runtime.Backpressure.AfterCommitAsync(Tables(definitions), cancellationToken);
            }
        }
        catch (Exception)
        {
            // A worker meets what is not passing with the same markers, and reports it.
            Wake(runtime);
        }
    }

    /// <summary>As <see cref="AfterCommitAsync"/>, for the hooks that EF calls synchronously: it leaves all markers to a worker.</summary>
    public void AfterCommit(ExtendDbRuntime runtime)
    {
        KillPoint.Reach(KillPoint.WriterCommitted);
        Wake(runtime);
        try
        {
            runtime.Backpressure.AfterCommit(Tables(runtime.Definitions.Get()));
        }
        catch (Exception)
        {
            // The write is committed, as above.
        }
    }

    private List<TableDefinition> Tables(Definitions definitions) =>
        [.. _markers.Select(m => m.TableId).Distinct().Select(definitions.Find).OfType<TableDefinition>()];
}
