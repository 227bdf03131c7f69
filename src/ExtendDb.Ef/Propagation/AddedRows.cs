using System.Runtime.CompilerServices;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Propagation;

/// <summary>The rows that the interceptor has added to a save, to be taken out of the context when the save ends.</summary>
internal sealed class AddedRows(DbContext context)
{
    private static readonly ConditionalWeakTable<DbContext, AddedRows> ByContext = [];
    private readonly List<EntityEntry> _entries = [];
    private readonly List<(int Table, ItemKey Key)> _changed = [];
    private readonly AutoTransactionBehavior _transactions = context.Database.AutoTransactionBehavior;

    /// <summary>Gets the definitions by which the rows are added.</summary>
    public required Definitions Definitions { get; init; }

    /// <summary>Gets the items of the save.</summary>
    public IReadOnlyCollection<(int Table, ItemKey Key)> Changed => _changed;

    /// <summary>Begins a save of items.</summary>
    /// <param name="context">The context.</param>
    /// <param name="definitions">The definitions that tell what to add.</param>
    public static AddedRows Begin(DbContext context, Definitions definitions)
    {
        var rows = new AddedRows(context) { Definitions = definitions };
        ByContext.Add(context, rows);

        // Also one statement alone gets a transaction, in which LateIndexes can look again.
        context.Database.AutoTransactionBehavior = rows._transactions == AutoTransactionBehavior.WhenNeeded
            ? AutoTransactionBehavior.Always
            : rows._transactions;
        return rows;
    }

    /// <summary>Returns what was added to the save that a context is in; null when it is in none.</summary>
    public static AddedRows? Of(DbContext context) => ByContext.TryGetValue(context, out var rows) ? rows : null;

    /// <summary>Ends a save, well or badly: the context no longer tracks what was added to it.</summary>
    /// <returns>The markers among the rows, and how many rows there were.</returns>
    public static (List<GsiPending> Markers, int Count) End(DbContext context)
    {
        if (!ByContext.TryGetValue(context, out var rows))
        {
            return ([], 0);
        }

        ByContext.Remove(context);
        context.Database.AutoTransactionBehavior = rows._transactions;
        var markers = rows._entries.Select(entry => entry.Entity).OfType<GsiPending>().ToList();
        rows._entries.ForEach(entry => entry.State = EntityState.Detached);
        return (markers, rows._entries.Count);
    }

    public void Change(int table, ItemKey item) => _changed.Add((table, item));

    public void Insert(object row) => _entries.Add(Entry(row, EntityState.Added));

    public void Delete(object row) => _entries.Add(Entry(row, EntityState.Deleted));

    /// <summary>Changes a row that the database has.</summary>
    public void Update<T>(T row, Action<T> change)
        where T : class
    {
        var entry = Entry(row, EntityState.Unchanged);
        change(row);
        entry.DetectChanges();
        _entries.Add(entry);
    }

    // No row of these leads to others, so there is no graph to walk.
    private EntityEntry Entry(object row, EntityState state)
    {
        var entry = context.Entry(row);
        entry.State = state;
        return entry;
    }
}
