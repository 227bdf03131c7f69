using System.Transactions;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.Propagation;

/// <summary>Adds to every save the markers for the global indexes, and the entries of the local ones, of its changed items.</summary>
/// <remarks>
/// It keeps no state. What it added is tracked by the context for the duration of the save and detached when the save
/// ended, well or badly, so that a second save adds nothing and a retried one adds it once.
/// </remarks>
internal sealed class EnqueueInterceptor : SaveChangesInterceptor
{
    private EnqueueInterceptor()
    {
    }

    public static EnqueueInterceptor Instance { get; } = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var context = eventData.Context!;

        // What is left of a save that another interceptor has ended before it began: EF tells nobody of that.
        AddedRows.End(context);
        if (ChangedItems(context) is { Count: > 0 } changed)
        {
            var runtime = ExtendDbRuntime.Of(context);
            var definitions = runtime.Definitions.Get(context);
            if (!KnowsAll(definitions, changed))
            {
                runtime.Definitions.Forget();
                definitions = runtime.Definitions.Get(context);
            }

            runtime.Backpressure.Admit(TablesOf(definitions, changed), ItemWrite.InCallersTransaction(context));
            Enqueue(context, changed, definitions, runtime.UtcNow);
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;

        // What is left of a save that another interceptor has ended before it began: EF tells nobody of that.
        AddedRows.End(context);
        if (ChangedItems(context) is { Count: > 0 } changed)
        {
            var runtime = ExtendDbRuntime.Of(context);
            var definitions = await runtime.Definitions.GetAsync(context, cancellationToken);
            if (!KnowsAll(definitions, changed))
            {
                runtime.Definitions.Forget();
                definitions = await runtime.Definitions.GetAsync(context, cancellationToken);
            }

            await runtime.Backpressure.AdmitAsync(
                TablesOf(definitions, changed), ItemWrite.InCallersTransaction(context), cancellationToken);
            Enqueue(context, changed, definitions, runtime.UtcNow);
        }

        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (ItemWrite.InCallersTransaction(eventData.Context!))
        {
            LateIndexes.Enqueue(eventData.Context!);
        }

        var (markers, count) = AddedRows.End(eventData.Context!);
        if (UncommittedMarkers.AfterSave(eventData.Context!, markers) is { } committed)
        {
            committed.AfterCommit(ExtendDbRuntime.Of(eventData.Context!));
        }

        return result - count;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (ItemWrite.InCallersTransaction(eventData.Context!))
        {
            await LateIndexes.EnqueueAsync(eventData.Context!, cancellationToken);
        }

        var (markers, count) = AddedRows.End(eventData.Context!);
        if (UncommittedMarkers.AfterSave(eventData.Context!, markers) is { } committed)
        {
            await committed.AfterCommitAsync(eventData.Context!, cancellationToken);
        }

        return result - count;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => AddedRows.End(eventData.Context!);

    public override Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        AddedRows.End(eventData.Context!);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => AddedRows.End(eventData.Context!);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        AddedRows.End(eventData.Context!);
        return Task.CompletedTask;
    }

    // A copy, because markers are added to the tracker while this is walked.
    private static List<EntityEntry<Item>> ChangedItems(DbContext context) =>
    [
        .. context.ChangeTracker.Entries<Item>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted),
    ];

    // A table that another process has created this second is not known yet.
    private static bool KnowsAll(Definitions definitions, List<EntityEntry<Item>> changed) =>
        changed.TrueForAll(entry => definitions.Find(entry.Entity.TableId) is not null);

    private static IEnumerable<TableDefinition> TablesOf(Definitions definitions, List<EntityEntry<Item>> changed) =>
        changed.Select(entry => entry.Entity.TableId).Distinct().Select(definitions.Find).OfType<TableDefinition>();

    private static void Enqueue(
        DbContext context, List<EntityEntry<Item>> changed, Definitions definitions, DateTimeOffset now)
    {
        if (context.Database is { AutoTransactionBehavior: AutoTransactionBehavior.Never, CurrentTransaction: null }
            && Transaction.Current is null)
        {
            throw new InvalidOperationException(
                "Items are saved together with their markers, so their save needs a transaction: begin one, or leave "
                + "Database.AutoTransactionBehavior as it is.");
        }

        var rows = AddedRows.Begin(context, definitions);
        try
        {
            // An item that is removed and added again in one save is two entries of one key, and one change of one row.
            foreach (var entries in changed.GroupBy(entry => (entry.Entity.TableId, entry.Entity.Key)))
            {
                var old = entries.FirstOrDefault(entry => entry.State != EntityState.Added);
                var current = entries.FirstOrDefault(entry => entry.State != EntityState.Deleted);
                if (current is not null)
                {
                    current.Property<long>(nameof(Item.Version)).CurrentValue =
                        old is null ? FirstVersion() : old.Property<long>(nameof(Item.Version)).OriginalValue + 1;
                }

                rows.Change(entries.Key.TableId, entries.Key.Key);
                var table = definitions.Find(entries.Key.TableId)
                    ?? throw new ResourceNotFoundException("Requested resource not found");
                var before = old?.Property<AttributeMap>(nameof(Item.Document)).OriginalValue;
                AddMarkers(rows, table, entries.Key.Key, before, current?.Entity.Document, now);
                foreach (var index in table.LocalIndexes)
                {
                    ChangeLocalEntry(rows, index, entries.Key.Key, before, current?.Entity.Document);
                }
            }
        }
        catch
        {
            // EF calls the hook of a failed save only for what fails after this.
            AddedRows.End(context);
            throw;
        }
    }

    // Drawn, so that an item that is deleted and put again never has the version that somebody read before: a save of
    // what was read then would pass for a change of the new item, and enqueue what changed since the old one.
    private static long FirstVersion() => Random.Shared.NextInt64(1, long.MaxValue / 2);

    private static void AddMarkers(
        AddedRows rows, TableDefinition table, ItemKey item, AttributeMap? before, AttributeMap? after, DateTimeOffset now)
    {
        var delays = table.GlobalIndexes
            .Where(index => index.EntryDiffers(before, after))
            .GroupBy(index => index.PropagationDelay, index => index.Id);
        foreach (var delay in delays)
        {
            rows.Insert(new GsiPending
            {
                Shard = Shard.Of(item),
                ReadyAt = now + delay.Key,
                TableId = table.Id,
                PartitionHash = item.PartitionHash,
                SortKey = item.SortKey,
                IndexIds = [.. delay],
            });
        }
    }

    private static void ChangeLocalEntry(
        AddedRows rows, IndexDefinition index, ItemKey item, AttributeMap? before, AttributeMap? after)
    {
        var old = before is null ? null : index.Project(before);
        var now = after is null ? null : index.Project(after);
        switch (old, now)
        {
            case (null, null):
                break;
            case (null, _):
                rows.Insert(IndexEntry.Of(item, index, now));
                break;
            case (_, null):
                rows.Delete(IndexEntry.Of(item, index, old));
                break;
            default:
                if (!old.Document.Equals(now.Document))
                {
                    rows.Update(IndexEntry.Of(item, index, old), entry => entry.Become(now));
                }

                break;
        }
    }
}
