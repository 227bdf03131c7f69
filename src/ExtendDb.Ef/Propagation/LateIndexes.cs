using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>Enqueues the items of a save also for indexes that were created, or got a shorter delay, while it was under way.</summary>
/// <remarks>
/// Who fills a new index waits until every process has had the time to read the definitions anew, and then for all
/// transactions that run. A save whose process stood still between reading them and its first statement is not among
/// those, so it looks again, in its transaction: what it finds unchanged there, will be changed by somebody who waits for it.
/// It costs nothing unless the save has taken longer than anybody waits.
/// </remarks>
internal static class LateIndexes
{
    /// <summary>Looks again if a save has taken too long; to be called in its transaction, behind its statements.</summary>
    public static async Task EnqueueAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (Slow(context) is not { } rows)
        {
            return;
        }

        var now = await ExtendDbRuntime.Of(context).Definitions.ReadAsync(context, cancellationToken);
        foreach (var (table, index, keys) in Missing(rows, now))
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            try
            {
                await using var enqueue = Enqueueing(context, table, index, keys);
                await enqueue.ExecuteNonQueryAsync(cancellationToken);
            }
            finally
            {
                await context.Database.CloseConnectionAsync();
            }
        }
    }

    /// <summary>As <see cref="EnqueueAsync"/>, for the hooks that EF calls synchronously.</summary>
    public static void Enqueue(DbContext context)
    {
        if (Slow(context) is not { } rows)
        {
            return;
        }

        foreach (var (table, index, keys) in Missing(rows, ExtendDbRuntime.Of(context).Definitions.Read(context)))
        {
            context.Database.OpenConnection();
            try
            {
                using var enqueue = Enqueueing(context, table, index, keys);
                enqueue.ExecuteNonQuery();
            }
            finally
            {
                context.Database.CloseConnection();
            }
        }
    }

    /// <summary>Returns what was added to the save that a context is in, if that has taken longer than anybody waits.</summary>
    private static AddedRows? Slow(DbContext context) =>
        AddedRows.Of(context) is { } rows && !ExtendDbRuntime.Of(context).Definitions.IsNewEnough(rows.Definitions) ? rows : null;

    private static IEnumerable<(int Table, IndexDefinition Index, List<ItemKey> Keys)> Missing(
        AddedRows rows, Definitions now) =>
        from items in rows.Changed.GroupBy(item => item.Table, item => item.Key)
        from index in now.Find(items.Key)?.GlobalIndexes ?? []
        where rows.Definitions.FindIndex(index.Id) is not { } before || index.PropagationDelay < before.PropagationDelay
        select (items.Key, index, items.ToList());

    private static NpgsqlCommand Enqueueing(DbContext context, int table, IndexDefinition index, List<ItemKey> keys) =>
        EnqueueCommand.Of((NpgsqlConnection)context.Database.GetDbConnection(), table, index, keys, index.PropagationDelay);
}
