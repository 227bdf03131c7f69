using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Runtime.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>One save of items: what is added to it, what is looked at once more in its transaction, what it owes after that.</summary>
/// <remarks>
/// The rows that it adds are tracked by the context until the save has ended, well or badly: a second save adds nothing, and
/// one that is repeated adds them once.
/// </remarks>
internal sealed class ItemSave
{
    private readonly DbContext _context;
    private readonly ExtendDbRuntime _runtime;
    private readonly Definitions _definitions;
    private readonly Dictionary<(int Table, ItemKey Key), SavedItem> _planned;
    private readonly List<EntityEntry> _rows = [];
    private readonly List<Marker> _markers = [];
    private readonly List<EntryChange> _entries = [];
    private readonly Dictionary<int, List<ItemKey>> _late = [];

    private ItemSave(
        DbContext context,
        ExtendDbRuntime runtime,
        Definitions definitions,
        Dictionary<(int Table, ItemKey Key), SavedItem> items) =>
        (_context, _runtime, _definitions, _planned) = (context, runtime, definitions, items);

    /// <summary>Gets how many rows of the save are the library's own.</summary>
    public int Rows => _rows.Count;

    /// <summary>Gets or sets whether the statements of the save have been run, and its own transaction has committed.</summary>
    public bool IsSaved { get; set; }

    /// <summary>Adds to a save the markers of global indexes and the entries of local indexes that its items need.</summary>
    /// <exception cref="ResourceNotFoundException">An item belongs to a table that is not there.</exception>
    /// <exception cref="InvalidOperationException">The save would have no transaction.</exception>
    public static ItemSave Begin(
        DbContext context,
        ExtendDbRuntime runtime,
        Definitions definitions,
        Dictionary<(int Table, ItemKey Key), SavedItem> items)
    {
        if (context.Database.AutoTransactionBehavior == AutoTransactionBehavior.Never
            && !ContextConnection.HasTransaction(context))
        {
            throw new InvalidOperationException(
                "Items are saved together with their markers, so their save needs a transaction: begin one, or leave "
                + "Database.AutoTransactionBehavior as it is.");
        }

        var save = new ItemSave(context, runtime, definitions, items);
        try
        {
            foreach (var ((table, key), item) in items)
            {
                save.Plan(save.Table(table), key, item);
            }
        }
        catch
        {
            // EF calls the hook of a failed save only for what fails later.
            save.Detach();
            throw;
        }

        return save;
    }

    /// <summary>
    /// Compares what is about to be saved with what was planned: an interceptor that runs behind the library's may have
    /// changed items.
    /// </summary>
    /// <remarks>Before the first statement. What has changed is brought right in the same transaction, behind the statements.</remarks>
    public void LookAtItemsAgain()
    {
        _entries.Clear();
        _late.Clear();
        var actual = SavedItems.OfDetected(_context);
        foreach (var ((table, key), item) in actual)
        {
            if (!_planned.TryGetValue((table, key), out var planned) || !planned.Is(item))
            {
                CountVersion(item);
                AddLate(table, key, item);
            }
            else if (!planned.Before.IsKnown && !item.KeepsDocument)
            {
                AddLocalEntries(Table(table), key, item.After);
            }
        }

        foreach (var ((table, key), planned) in _planned)
        {
            // It is not saved after all, so that what was stored stays.
            if (!actual.ContainsKey((table, key)) && planned.Before.IsKnown)
            {
                AddLate(table, key);
                AddLocalEntries(Table(table), key, planned.Before.Document);
            }
        }
    }

    /// <summary>Brings right what other interceptors, or other processes, have changed during the save; in its transaction, behind its statements.</summary>
    /// <exception cref="ResourceNotFoundException">A table of the save has been deleted meanwhile.</exception>
    /// <remarks>
    /// A rollout of a new index waits until every process has had time to read the definitions, and then for the transactions
    /// that run. A save whose process stood still between reading them and its first statement is not among those, so it
    /// reads them again here: what is unchanged by now will be changed by a process that waits for this transaction. Cost:
    /// nothing, unless the save took longer than any rollout waits, or items have changed during it.
    /// </remarks>
    public async Task FinishAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = _runtime.Definitions.IsCovered(_definitions)
            ? null
            : await _runtime.Definitions.ReadAsync(_context, cancellationToken);
        if (Correction(connection, now) is { } batch)
        {
            await using (batch)
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    /// <summary>As <see cref="FinishAsync"/>, for the hooks that EF calls synchronously.</summary>
    public void Finish(NpgsqlConnection connection)
    {
        var now = _runtime.Definitions.IsCovered(_definitions) ? null : _runtime.Definitions.Read(_context);
        if (Correction(connection, now) is { } batch)
        {
            using (batch)
            {
                batch.ExecuteNonQuery();
            }
        }
    }

    /// <summary>Ends the save, well or badly: the context no longer tracks what was added to it.</summary>
    /// <returns>What the save owes after the commit of its transaction; null when it has saved nothing that owes anything.</returns>
    public CommittedMarkers? End()
    {
        // A transaction that goes on can be rolled back, and another writer then store other attributes with the same version.
        var isCommitted = !ContextConnection.HasTransaction(_context);
        foreach (var item in _planned.Values)
        {
            if (IsSaved && item.Current is { State: EntityState.Unchanged } saved)
            {
                saved.Entity.TakeForStored(isCommitted);
            }
        }

        Detach();
        return IsSaved && (_markers.Count > 0 || _late.Count > 0)
            ? new CommittedMarkers(
                _runtime, [.. _planned.Keys.Select(key => key.Table).Union(_late.Keys).Select(Table)], _markers)
            : null;
    }

    /// <summary>Forgets what was planned, and takes what was added out of the context.</summary>
    /// <remarks>If the save goes on all the same, all its items are brought right behind its statements.</remarks>
    public void Drop()
    {
        Detach();
        _planned.Clear();
        _markers.Clear();
    }

    private void Detach()
    {
        _rows.ForEach(entry => entry.State = EntityState.Detached);
        _rows.Clear();
    }

    private void Plan(TableDefinition table, ItemKey key, SavedItem item)
    {
        CountVersion(item);
        foreach (var marker in Markers.For(table, key, item.Before, item.After, _runtime.Clock.UtcNow))
        {
            _markers.Add(marker);
            Track(marker.Row, EntityState.Added);
        }

        if (item.Before.IsKnown)
        {
            foreach (var index in table.LocalIndexes)
            {
                ChangeLocalEntry(index, key, item.Before.Document, item.After);
            }
        }
    }

    private static void CountVersion(SavedItem item)
    {
        if (item.Current is { } current)
        {
            current.Property<long>(nameof(Item.Version)).CurrentValue = item.Old is { } old
                ? old.Property<long>(nameof(Item.Version)).OriginalValue + 1
                : FirstVersion();
        }
    }

    // Drawn, so that an item that is deleted and put again never has the version that somebody read before: a save of
    // what was read then would pass for a change of the new item, and enqueue what changed since the old one.
    private static long FirstVersion() => Random.Shared.NextInt64(1, long.MaxValue / 2);

    private void ChangeLocalEntry(IndexDefinition index, ItemKey item, AttributeMap? before, AttributeMap? after)
    {
        var old = before is null ? null : index.Project(before);
        var now = after is null ? null : index.Project(after);
        switch (old, now)
        {
            case (null, null):
                break;
            case (null, _):
                Track(IndexEntry.Of(item, index, now), EntityState.Added);
                break;
            case (_, null):
                Track(IndexEntry.Of(item, index, old), EntityState.Deleted);
                break;
            default:
                if (!old.Document.Equals(now.Document))
                {
                    var row = IndexEntry.Of(item, index, old);
                    var entry = Track(row, EntityState.Unchanged);
                    row.Become(now);
                    entry.DetectChanges();
                }

                break;
        }
    }

    // No row of these leads to others, so there is no graph to walk.
    private EntityEntry Track(object row, EntityState state)
    {
        var entry = _context.Entry(row);
        entry.State = state;
        _rows.Add(entry);
        return entry;
    }

    private void AddLate(int tableId, ItemKey key, SavedItem item)
    {
        AddLate(tableId, key);
        if (item.Before.IsKnown || !item.KeepsDocument)
        {
            AddLocalEntries(Table(tableId), key, item.After);
        }
    }

    private void AddLate(int tableId, ItemKey key)
    {
        if (!_late.TryGetValue(tableId, out var keys))
        {
            _late.Add(tableId, keys = []);
        }

        keys.Add(key);
    }

    private void AddLocalEntries(TableDefinition table, ItemKey key, AttributeMap? after)
    {
        foreach (var index in table.LocalIndexes)
        {
            var projected = after is null ? null : index.Project(after);
            _entries.Add(new(table.Id, index.Id, key, projected is null ? null : EntryRow.Of(projected)));
        }
    }

    /// <summary>Makes the statements that bring right what has changed during the save; null when nothing has.</summary>
    /// <param name="connection">The connection of the save.</param>
    /// <param name="now">The definitions as the transaction sees them; null when those of the save are new enough.</param>
    private NpgsqlBatch? Correction(NpgsqlConnection connection, Definitions? now)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var (table, keys) in _late)
        {
            foreach (var index in Table(table).GlobalIndexes)
            {
                batch.BatchCommands.Add(EnqueueCommand.Of(table, index, keys, index.PropagationDelay));
            }
        }

        EntryWriter.AddTo(batch, _entries, heal: false);
        foreach (var items in now is null ? [] : _planned.Keys.Union(LateKeys()).GroupBy(item => item.Table, item => item.Key))
        {
            var table = now!.Find(items.Key) is { Status: TableStatus.ACTIVE } found ? found : throw NotFound();
            foreach (var index in table.GlobalIndexes)
            {
                if (_definitions.FindIndex(index.Id) is not { } before || index.PropagationDelay < before.PropagationDelay)
                {
                    batch.BatchCommands.Add(EnqueueCommand.Of(table.Id, index, [.. items], index.PropagationDelay));
                }
            }
        }

        if (batch.BatchCommands.Count > 0)
        {
            return batch;
        }

        batch.Dispose();
        return null;
    }

    private IEnumerable<(int Table, ItemKey Key)> LateKeys() =>
        _late.SelectMany(late => late.Value, (late, key) => (late.Key, key));

    private TableDefinition Table(int id) => _definitions.Find(id) ?? throw NotFound();

    private static ResourceNotFoundException NotFound() => new("Requested resource not found");
}
