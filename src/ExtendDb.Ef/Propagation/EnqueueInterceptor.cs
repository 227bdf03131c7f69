using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;
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
        if (ChangedItems(eventData.Context!) is { Count: > 0 } changed)
        {
            var database = LocalDatabase.Of(eventData.Context!);
            Enqueue(eventData.Context!, changed, database, database.Definitions.Get());
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (ChangedItems(eventData.Context!) is { Count: > 0 } changed)
        {
            var database = LocalDatabase.Of(eventData.Context!);
            Enqueue(eventData.Context!, changed, database, await database.Definitions.GetAsync(cancellationToken));
        }

        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        var added = Detach(eventData.Context!);
        if (UncommittedMarkers.AfterSave(eventData.Context!, added.Markers) is { } committed)
        {
            committed.Wake(LocalDatabase.Of(eventData.Context!));
        }

        return result - added.Count;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var added = Detach(eventData.Context!);
        if (UncommittedMarkers.AfterSave(eventData.Context!, added.Markers) is { } committed)
        {
            await committed.WakeOrApplyAsync(LocalDatabase.Of(eventData.Context!), cancellationToken);
        }

        return result - added.Count;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Detach(eventData.Context!);

    public override Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Detach(eventData.Context!);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Detach(eventData.Context!);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Detach(eventData.Context!);
        return Task.CompletedTask;
    }

    // A copy, because markers are added to the tracker while this is walked.
    private static List<EntityEntry<Item>> ChangedItems(DbContext context) =>
    [
        .. context.ChangeTracker.Entries<Item>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted),
    ];

    private static void Enqueue(
        DbContext context, List<EntityEntry<Item>> changed, LocalDatabase database, Definitions definitions)
    {
        foreach (var entry in changed)
        {
            var item = entry.Entity;
            var table = definitions.Find(item.TableId)
                ?? throw new ResourceNotFoundException($"Requested resource not found: Table: number {item.TableId} not found");
            var before = entry.State == EntityState.Added ? null : entry.Property(i => i.Document).OriginalValue;
            var after = entry.State == EntityState.Deleted ? null : item.Document;
            if (entry.State != EntityState.Deleted)
            {
                var version = entry.Property(i => i.Version);
                version.CurrentValue = entry.State == EntityState.Added ? 1 : version.OriginalValue + 1;
            }

            AddMarkers(context, item, table, before, after, database.UtcNow);
            foreach (var index in table.LocalIndexes)
            {
                ChangeLocalEntry(context, item, index, before, after);
            }
        }
    }

    private static void AddMarkers(
        DbContext context, Item item, TableDefinition table, AttributeMap? before, AttributeMap? after, DateTimeOffset now)
    {
        if (table.GlobalIndexes.Count == 0)
        {
            return;
        }

        var delays = table.GlobalIndexes
            .Where(index => index.EntryDiffers(before, after))
            .GroupBy(index => index.PropagationDelay, index => index.Id);
        foreach (var delay in delays)
        {
            context.Add(new GsiPending
            {
                Shard = Shard.Of(item.Key),
                ReadyAt = now + delay.Key,
                TableId = item.TableId,
                PartitionHash = item.PartitionHash,
                SortKey = item.SortKey,
                IndexIds = [.. delay],
            });
        }
    }

    private static void ChangeLocalEntry(
        DbContext context, Item item, IndexDefinition index, AttributeMap? before, AttributeMap? after)
    {
        var old = before is null ? null : index.Project(before);
        var now = after is null ? null : index.Project(after);
        switch (old, now)
        {
            case (null, null):
                break;
            case (null, _):
                context.Add(IndexEntry.Of(item, index, now));
                break;
            case (_, null):
                context.Remove(IndexEntry.Of(item, index, old));
                break;
            default:
                if (!old.Document.Equals(now.Document))
                {
                    var entry = context.Attach(IndexEntry.Of(item, index, old));
                    entry.Entity.Become(now);
                    entry.DetectChanges();
                }

                break;
        }
    }

    private static AddedRows Detach(DbContext context)
    {
        var tracker = context.ChangeTracker;
        var detectsChanges = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            var markers = tracker.Entries<GsiPending>().ToList();
            var entries = tracker.Entries<IndexEntry>().ToList();
            markers.ForEach(marker => marker.State = EntityState.Detached);
            entries.ForEach(entry => entry.State = EntityState.Detached);
            return new([.. markers.Select(marker => marker.Entity)], markers.Count + entries.Count);
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detectsChanges;
        }
    }

    /// <summary>What a save had added: the markers, and how many rows in all.</summary>
    private sealed record AddedRows(List<GsiPending> Markers, int Count);
}
