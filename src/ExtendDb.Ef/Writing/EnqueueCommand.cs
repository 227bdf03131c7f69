using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>Creates commands that enqueue items for one index without saving the items.</summary>
internal static class EnqueueCommand
{
    /// <summary>Creates a command that enqueues one marker for each item.</summary>
    /// <param name="table">The id of the table.</param>
    /// <param name="index">The index whose entries the markers refresh.</param>
    /// <param name="keys">The keys of the items.</param>
    /// <param name="delay">The time until the markers are due.</param>
    public static NpgsqlBatchCommand Of(
        int table, IndexDefinition index, IReadOnlyCollection<ItemKey> keys, TimeSpan delay) =>
        new(Statements.GsiPendingEnqueue)
        {
            Parameters =
            {
                new() { Value = table },
                new() { Value = index.Id },
                new() { Value = keys.Select(key => key.Slot).ToArray() },
                new() { Value = keys.Select(key => key.PartitionHash).ToArray() },
                new() { Value = keys.Select(key => key.SortKey).ToArray() },
                new() { Value = delay },
            },
        };
}
