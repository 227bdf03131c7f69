using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Runtime.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// One save of items: the markers that are added to it, the statements at the end of its transaction, and the work after
/// the commit.
/// </summary>
/// <remarks>
/// The context tracks the added markers until the save has succeeded or failed. A later save therefore does not insert
/// them again, and a repeated attempt inserts them once. Entries of local indexes are not tracked: EF would refuse the
/// write of an item whose entry is missing, or is there although it should not be.
/// </remarks>
internal sealed class ItemSave
{
    private readonly DbContext _context;
    private readonly ExtendDbRuntime _runtime;
    private readonly Definitions _definitions;
    private readonly Dictionary<(int Table, ItemKey Key), SavedItem> _planned;

    // The rows of markers, which EF writes with the items.
    private readonly List<EntityEntry> _rows = [];
    private readonly List<Marker> _markers = [];

    // FinishAsync writes these after EF's statements: entries of local indexes, and markers for all global indexes of
    // items, whose keys are kept by table.
    private readonly List<EntryChange> _entries = [];
    private readonly Dictionary<int, List<ItemKey>> _late = [];
    private RecordedChanges _recorded = new([]);

    private ItemSave(
        DbContext context,
        ExtendDbRuntime runtime,
        Definitions definitions,
        Dictionary<(int Table, ItemKey Key), SavedItem> items) =>
        (_context, _runtime, _definitions, _planned) = (context, runtime, definitions, items);

    /// <summary>Gets the number of rows that the library has added to the save.</summary>
    public int Rows => _rows.Count;

    /// <summary>
    /// Gets or sets whether the statements of the save have succeeded, and the save's own transaction, if any, has
    /// committed.
    /// </summary>
    public bool IsSaved { get; set; }

    /// <summary>Adds the markers of global indexes to a save of items.</summary>
    /// <exception cref="ResourceNotFoundException">The table of an item does not exist.</exception>
    /// <exception cref="InvalidOperationException">The save would run without a transaction.</exception>
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
            // EF does not call SaveChangesFailed for an exception of SavingChanges.
            save.Detach();
            throw;
        }

        return save;
    }

    /// <summary>
    /// Compares the items that EF is about to save with the planned ones, because a later interceptor may have changed
    /// items, and projects them into the local indexes.
    /// </summary>
    /// <remarks>
    /// This runs before the first statement. <see cref="FinishAsync"/> writes the entries, and corrects the indexes of
    /// changed items, after the statements.
    /// </remarks>
    public void LookAtItemsAgain()
    {
        _entries.Clear();
        _late.Clear();
        var actual = SavedItems.OfDetected(_context);
        _recorded = new(actual);
        foreach (var ((table, key), item) in actual)
        {
            if (!_planned.TryGetValue((table, key), out var planned) || !planned.Is(item))
            {
                CountVersion(item);
                AddLate(table, key);
            }

            if (item.Before.IsKnown || !item.KeepsDocument)
            {
                _entries.AddRange(LocalEntries.Of(Table(table), key, item.Before, item.After));
            }
        }

        foreach (var ((table, key), planned) in _planned)
        {
            // The item is no longer part of the save, so its stored attributes stay.
            if (!actual.ContainsKey((table, key)) && planned.Before.IsKnown)
            {
                AddLate(table, key);
            }
        }
    }

    /// <summary>
    /// Reads and locks, at the beginning of the save's transaction, the items of tables with a stream that the save does not know.
    /// </summary>
    public async Task ReadUnknownAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_recorded.Reading(_definitions) is not { } command)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _recorded.Add(reader);
        }
    }

    /// <summary>Reads items like <see cref="ReadUnknownAsync"/>, for the hooks that EF calls synchronously.</summary>
    public void ReadUnknown(NpgsqlConnection connection)
    {
        if (_recorded.Reading(_definitions) is not { } command)
        {
            return;
        }

        using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        using var reader = batch.ExecuteReader();
        while (reader.Read())
        {
            _recorded.Add(reader);
        }
    }

    /// <summary>
    /// Writes, at the end of the save's transaction, the entries of local indexes and the records of streams; and corrects the
    /// indexes of items that changed during the save, and the new indexes and streams of all its items when the definitions changed.
    /// </summary>
    /// <exception cref="ResourceNotFoundException">A table of the save was deleted before or during the save.</exception>
    /// <remarks>
    /// However fast the save was, its definitions may have been changed since they were read. What changes after the
    /// versions are read here waits for this transaction. Cost: a round trip, unless the operation that runs the save has
    /// read the versions in this transaction, and no entry of a local index and no item changed meanwhile.
    /// </remarks>
    public async Task FinishAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = Following(connection);
        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        TableVersions versions;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            versions = await TableVersions.ReadAsync(reader, cancellationToken);
            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }

        if (!versions.AreOf(_definitions, Tables()))
        {
            var now = await _runtime.Definitions.ReadAsync(_context, cancellationToken);
            await using var corrections = OfNewDefinitions(connection, now);
            if (corrections.BatchCommands.Count > 0)
            {
                await corrections.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    /// <summary>Writes to indexes like <see cref="FinishAsync"/>, for the hooks that EF calls synchronously.</summary>
    public void Finish(NpgsqlConnection connection)
    {
        using var batch = Following(connection);
        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        TableVersions versions;
        using (var reader = batch.ExecuteReader())
        {
            versions = TableVersions.Read(reader);
            while (reader.NextResult())
            {
            }
        }

        if (!versions.AreOf(_definitions, Tables()))
        {
            using var corrections = OfNewDefinitions(connection, _runtime.Definitions.Read(_context));
            if (corrections.BatchCommands.Count > 0)
            {
                corrections.ExecuteNonQuery();
            }
        }
    }

    /// <summary>Ends a save that has succeeded or failed, and detaches the rows that were added to it.</summary>
    /// <returns>
    /// The work after the commit of the transaction; null when the save failed or needed no marker.
    /// </returns>
    public CommittedMarkers? End()
    {
        // The caller's transaction can still be rolled back, and another writer can then store other attributes with
        // the same version.
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

    /// <summary>Discards the planned changes, and detaches the rows that were added to the save.</summary>
    /// <remarks>
    /// If EF continues the save nevertheless, the indexes of all its items are corrected after its statements.
    /// </remarks>
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

            // The row has no navigations, so Entry can attach it without walking a graph.
            var row = _context.Entry(marker.Row);
            row.State = EntityState.Added;
            _rows.Add(row);
        }
    }

    private static void CountVersion(SavedItem item)
    {
        if (item.Current is { } current)
        {
            current.Property<long>(nameof(Item.Version)).CurrentValue = item.Old is { } old
                ? old.Property<long>(nameof(Item.Version)).OriginalValue + 1
                : Item.FirstVersion();
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

    /// <summary>
    /// Creates the statements that follow those of EF, the versions of the definitions first; none when there is nothing
    /// to write and the versions are known.
    /// </summary>
    private NpgsqlBatch Following(NpgsqlConnection connection)
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
        AddRecords(batch, _recorded.Of(_definitions));
        if (batch.BatchCommands.Count > 0 || RunningSaves.Of(_context).Verified?.AreOf(_definitions, Tables()) != true)
        {
            batch.BatchCommands.Insert(0, TableVersions.Command(Tables()));
        }

        return batch;
    }

    private void AddRecords(NpgsqlBatch batch, List<RecordedChange> changes)
    {
        if (changes.Count > 0)
        {
            batch.BatchCommands.Add(RecordedChange.Command(changes, RunningSaves.Of(_context).IsExpiry));
        }
    }

    /// <summary>
    /// Creates the statements that enqueue the items for indexes which the save did not know, and add their records to streams that
    /// it did not know.
    /// </summary>
    /// <param name="connection">The connection of the save.</param>
    /// <param name="now">The definitions that the transaction sees.</param>
    private NpgsqlBatch OfNewDefinitions(NpgsqlConnection connection, Definitions now)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var items in _planned.Keys.Union(LateKeys()).GroupBy(item => item.Table, item => item.Key))
        {
            var table = now.Find(items.Key) ?? throw ResourceNotFoundException.Requested();
            foreach (var index in table.GlobalIndexes)
            {
                if (_definitions.FindIndex(index.Id) is not { } before || index.PropagationDelay < before.PropagationDelay)
                {
                    batch.BatchCommands.Add(EnqueueCommand.Of(table.Id, index, [.. items], index.PropagationDelay));
                }
            }
        }

        AddRecords(batch, _recorded.Of(now, except: _definitions));
        return batch;
    }

    private IEnumerable<int> Tables() => _planned.Keys.Select(item => item.Table).Union(_late.Keys);

    private IEnumerable<(int Table, ItemKey Key)> LateKeys() =>
        _late.SelectMany(late => late.Value, (late, key) => (late.Key, key));

    private TableDefinition Table(int id) => _definitions.Find(id) ?? throw ResourceNotFoundException.Requested();
}
