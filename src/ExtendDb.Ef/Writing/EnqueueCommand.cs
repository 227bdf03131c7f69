using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>Enqueues items for one index without a save of theirs.</summary>
internal static class EnqueueCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="table">The table's number.</param>
    /// <param name="index">The index.</param>
    /// <param name="keys">The items.</param>
    /// <param name="delay">After what time their markers are due.</param>
    public static NpgsqlBatchCommand Of(
        int table, IndexDefinition index, IReadOnlyCollection<ItemKey> keys, TimeSpan delay) =>
        new(Statements.GsiPendingEnqueue)
        {
            Parameters =
            {
                new() { Value = table },
                new() { Value = index.Id },
                new() { Value = keys.Select(key => Shard.Of(key)).ToArray() },
                new() { Value = keys.Select(key => key.PartitionHash).ToArray() },
                new() { Value = keys.Select(key => key.SortKey).ToArray() },
                new() { Value = delay },
            },
        };
}
