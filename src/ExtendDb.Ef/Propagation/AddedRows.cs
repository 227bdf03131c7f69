using System.Runtime.CompilerServices;
using ExtendDb.Ef.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ExtendDb.Ef.Propagation;

/// <summary>The rows that the interceptor has added to a save, to be taken out of the context when the save ends.</summary>
internal sealed class AddedRows(DbContext context)
{
    private static readonly ConditionalWeakTable<DbContext, AddedRows> ByContext = [];
    private readonly List<EntityEntry> _entries = [];

    /// <summary>Begins a save.</summary>
    public static AddedRows Begin(DbContext context)
    {
        // What is left of a save that another interceptor has ended before it began.
        End(context);
        var rows = new AddedRows(context);
        ByContext.Add(context, rows);
        return rows;
    }

    /// <summary>Ends a save, well or badly: the context no longer tracks what was added to it.</summary>
    /// <returns>The markers among the rows, and how many rows there were.</returns>
    public static (List<GsiPending> Markers, int Count) End(DbContext context)
    {
        if (!ByContext.TryGetValue(context, out var rows))
        {
            return ([], 0);
        }

        ByContext.Remove(context);
        var markers = rows._entries.Select(entry => entry.Entity).OfType<GsiPending>().ToList();
        rows._entries.ForEach(entry => entry.State = EntityState.Detached);
        return (markers, rows._entries.Count);
    }

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
