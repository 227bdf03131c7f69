using System.Runtime.CompilerServices;
using ExtendDb.Ef.Catalog;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Propagation;

/// <summary>Keeps for which tables a write has to help and to wait, until it has given back its connection.</summary>
/// <remarks>EF tells of a commit while the connection is still held: many that wait then would leave none to others.</remarks>
internal sealed class DeferredWait
{
    private static readonly ConditionalWeakTable<DbContext, DeferredWait> ByContext = [];

    /// <summary>Gets or sets the tables whose markers the write has committed; none when it has committed none.</summary>
    public IReadOnlyCollection<TableDefinition> Tables { get; set; } = [];

    /// <summary>Begins a write that waits by itself.</summary>
    public static DeferredWait Begin(DbContext context)
    {
        var wait = new DeferredWait();
        ByContext.AddOrUpdate(context, wait);
        return wait;
    }

    /// <summary>Returns the one of the write that a context is in; null when that does not wait by itself.</summary>
    public static DeferredWait? Of(DbContext context) => ByContext.TryGetValue(context, out var wait) ? wait : null;

    /// <summary>Ends the write, well or badly.</summary>
    public static void End(DbContext context) => ByContext.Remove(context);
}
