using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Writing;

/// <summary>One statement that writes several items together with their markers, in a transaction of its own.</summary>
internal static class DirectBatchStatement
{
    /// <summary>Inserts or replaces items whatever is stored.</summary>
    /// <param name="puts">The items, in the order of their keys.</param>
    /// <returns>
    /// The items that were written, which were not stored already; null when a definition is stale, and nothing was written.
    /// </returns>
    public static Task<List<Written>?> PutAsync(
        OperationContext context, IReadOnlyList<Put> puts, CancellationToken cancellationToken)
    {
        var affected = puts.Select(put => Markers.Affected(put.Target.Table, put.Before, put.Target.Asked)).ToList();
        var indexes = puts.SelectMany((put, i) => put.Target.Table.GlobalIndexes.Select(
            index => (Place: i + 1, Index: index, IsAffected: affected[i].Contains(index)))).ToList();
        var command = new NpgsqlBatchCommand(Statements.ItemsPutMany);
        AddItems(
            command,
            [.. puts.Select(put => put.Target)],
            Json(puts.Select(put => StoredDocument.Write(put.Target.Asked))),
            new() { Value = puts.Select(put => ItemSize.Of(put.Target.Asked)).ToArray() });
        var first = Item.FirstVersion();
        command.Parameters.Add(new() { Value = puts.Select(put => put.Stored?.Version + 1 ?? first).ToArray() });
        command.Parameters.Add(new() { Value = first });
        AddIndexes(command, [.. indexes.Select(of => (of.Place, of.Index))]);
        command.Parameters.Add(new() { Value = indexes.Select(of => of.IsAffected).ToArray() });
        return RunAsync(
            context,
            command,
            (reader, place) => new(
                puts[place].Target, reader.GetBoolean(3) ? puts[place].Target.Table.GlobalIndexes : affected[place], At(reader)),
            cancellationToken);
    }

    /// <summary>Deletes items whatever is stored.</summary>
    /// <param name="targets">The items, in the order of their keys.</param>
    /// <returns>
    /// The items that were deleted; null when a definition is stale, and nothing was deleted.
    /// </returns>
    public static Task<List<Written>?> RemoveAsync(
        OperationContext context, IReadOnlyList<ItemTarget> targets, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(Statements.ItemsRemoveMany);
        AddItems(command, targets);
        AddIndexes(
            command, [.. targets.SelectMany((target, i) => target.Table.GlobalIndexes.Select(index => (i + 1, index)))]);
        return RunAsync(
            context,
            command,
            (reader, place) => new(targets[place], targets[place].Table.GlobalIndexes, At(reader)),
            cancellationToken);
    }

    private static async Task<List<Written>?> RunAsync(
        OperationContext context,
        NpgsqlBatchCommand command,
        Func<NpgsqlDataReader, int, Written> read,
        CancellationToken cancellationToken)
    {
        await using var held = await OperationConnection.OpenAsync(context, cancellationToken);
        await using var batch = new NpgsqlBatch(held.Connection)
        {
            BatchCommands = { LockTimeout.SetLocal(context.Runtime.Options.LockTimeout), command },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var written = new List<Written>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.GetBoolean(0))
            {
                return null;
            }

            if (!reader.IsDBNull(1))
            {
                written.Add(read(reader, (int)reader.GetInt64(1) - 1));
            }
        }

        return written;
    }

    /// <summary>Adds the definitions and the items; <paramref name="contents"/> follow the keys.</summary>
    private static void AddItems(
        NpgsqlBatchCommand command, IReadOnlyList<ItemTarget> targets, params IReadOnlyList<NpgsqlParameter> contents)
    {
        var tables = targets.Select(target => target.Table).DistinctBy(table => table.Id).ToList();
        command.Parameters.Add(new() { Value = tables.Select(table => table.Id).ToArray() });
        command.Parameters.Add(new() { Value = tables.Select(table => table.Version).ToArray() });
        ItemRow.AddParameters(command.Parameters, targets);
        foreach (var content in contents)
        {
            command.Parameters.Add(content);
        }

        command.Parameters.Add(Json(targets.Select(
            target => StoredDocument.Write(target.Table.KeySchema.KeyOf(target.Asked)))));
        command.Parameters.Add(new() { Value = targets.Select(target => target.Key.Slot).ToArray() });
    }

    private static void AddIndexes(NpgsqlBatchCommand command, List<(int Place, IndexDefinition Index)> indexes)
    {
        command.Parameters.Add(new() { Value = indexes.Select(of => of.Place).ToArray() });
        command.Parameters.Add(new() { Value = indexes.Select(of => of.Index.Id).ToArray() });
        command.Parameters.Add(new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval,
            Value = indexes.Select(of => of.Index.PropagationDelay).ToArray(),
        });
    }

    private static DateTimeOffset At(NpgsqlDataReader reader) => reader.GetFieldValue<DateTimeOffset>(2);

    private static NpgsqlParameter Json(IEnumerable<byte[]> documents) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb, Value = documents.ToArray() };

    /// <summary>An item to put.</summary>
    /// <param name="Target">The item.</param>
    /// <param name="IsRead">Whether the stored item was read.</param>
    /// <param name="Stored">The item that was read; null when there was none, or it was not read.</param>
    public sealed record Put(ItemTarget Target, bool IsRead, Item? Stored)
    {
        public ItemBefore Before => IsRead ? ItemBefore.Of(Stored) : ItemBefore.Unknown;
    }

    /// <summary>An item that was written.</summary>
    /// <param name="Target">The item.</param>
    /// <param name="Refreshed">The indexes for which it was enqueued.</param>
    /// <param name="At">The time of the write by the database's clock.</param>
    public sealed record Written(ItemTarget Target, IReadOnlyList<IndexDefinition> Refreshed, DateTimeOffset At);
}
