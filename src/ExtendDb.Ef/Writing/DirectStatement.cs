using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Writing;

/// <summary>One statement that writes an item together with its markers, in a transaction of its own.</summary>
internal static class DirectStatement
{
    /// <summary>Inserts or replaces an item whatever is stored.</summary>
    public static Task<Result> PutAsync(OperationContext context, ItemTarget target, AttributeMap item, CancellationToken cancellationToken) =>
        RunAsync(
            context,
            target,
            Statements.ItemsPut,
            new() { Value = Item.FirstVersion() },
            target.Table.GlobalIndexes,
            cancellationToken,
            Json(StoredDocument.Write(item)),
            new() { Value = ItemSize.Of(item) },
            Json(StoredDocument.Write(target.Table.KeySchema.KeyOf(item))));

    /// <summary>Deletes an item whatever is stored.</summary>
    public static Task<Result> RemoveAsync(OperationContext context, ItemTarget target, CancellationToken cancellationToken) =>
        RunAsync(
            context,
            target,
            Statements.ItemsRemove,
            Json(StoredDocument.Write(target.Table.KeySchema.KeyOf(target.Asked))),
            target.Table.GlobalIndexes,
            cancellationToken);

    /// <summary>Writes the new state of an item if the stored one is still that which was read.</summary>
    /// <param name="stored">The item that was read; null when there was none.</param>
    /// <param name="after">The new attributes; null to delete the item. They differ from the stored ones.</param>
    public static Task<Result> ReplaceAsync(
        OperationContext context, ItemTarget target, Item? stored, AttributeMap? after, CancellationToken cancellationToken)
    {
        var before = ItemBefore.Of(stored);
        var affected = Markers.Affected(target.Table, before, after);
        if (target.Table.LocalIndexes.Count > 0)
        {
            return ReplaceWithEntriesAsync(context, target, stored, before, after, affected, cancellationToken);
        }

        var version = new NpgsqlParameter { Value = stored?.Version ?? Item.FirstVersion() };
        return after is null
            ? RunAsync(context, target, Statements.ItemsDelete, version, affected, cancellationToken)
            : RunAsync(
                context,
                target,
                stored is null ? Statements.ItemsInsert : Statements.ItemsUpdate,
                version,
                affected,
                cancellationToken,
                Json(StoredDocument.Write(after)),
                new() { Value = ItemSize.Of(after) });
    }

    /// <summary>
    /// Writes an item of a table with a stream, together with the record of the change: whatever is stored, or only if the
    /// stored one is still that which was read.
    /// </summary>
    /// <param name="before">The item that was read; unknown to write whatever is stored.</param>
    /// <param name="stored">The row that was read; null when there was none, or it was not read.</param>
    /// <param name="after">The new attributes; null to delete the item.</param>
    /// <param name="isExpiry">Whether the item is deleted because it has expired.</param>
    public static Task<Result> WriteRecordedAsync(
        OperationContext context,
        ItemTarget target,
        StreamDefinition stream,
        ItemBefore before,
        Item? stored,
        AttributeMap? after,
        bool isExpiry,
        CancellationToken cancellationToken)
    {
        var key = target.Table.KeySchema.KeyOf(target.Asked);
        return RunAsync(
            context,
            target,
            Statements.ItemsWriteRecorded,
            VersionOf(stored),
            Markers.Affected(target.Table, before, after),
            cancellationToken,
            new() { Value = !before.IsKnown },
            JsonOrNull(after),
            new() { Value = after is null ? 0 : ItemSize.Of(after) },
            new() { Value = Item.FirstVersion() },
            Json(StoredDocument.Write(key)),
            new() { Value = ItemSize.Of(key) },
            new() { Value = stream.Id },
            new() { Value = StreamDefinition.ShardOf(target.Key) },
            new() { Value = stream.HasOldImage },
            new() { Value = stream.HasNewImage },
            new() { Value = isExpiry });
    }

    // The version that was read protects the entries too: their writers write the item first.
    private static Task<Result> ReplaceWithEntriesAsync(
        OperationContext context,
        ItemTarget target,
        Item? stored,
        ItemBefore before,
        AttributeMap? after,
        IReadOnlyList<IndexDefinition> affected,
        CancellationToken cancellationToken)
    {
        var entries = LocalEntries.Of(target.Table, target.Key, before, after).ToLookup(change => change.Entry is not null);
        var written = entries[true].Select(change => (Index: change.IndexId, Row: change.Entry!)).ToList();
        return RunAsync(
            context,
            target,
            Statements.ItemsReplaceWithEntries,
            VersionOf(stored),
            affected,
            cancellationToken,
            JsonOrNull(after),
            new() { Value = after is null ? 0 : ItemSize.Of(after) },
            new() { Value = Item.FirstVersion() },
            new() { Value = written.Select(entry => entry.Index).ToArray() },
            new() { Value = written.Select(entry => entry.Row.Key.PartitionHash).ToArray() },
            new() { Value = written.Select(entry => entry.Row.Key.SortKey).ToArray() },
            new()
            {
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                Value = written.Select(entry => entry.Row.Document).ToArray(),
            },
            new() { Value = written.Select(entry => entry.Row.SizeBytes).ToArray() },
            new() { Value = entries[false].Select(change => change.IndexId).ToArray() });
    }

    private static async Task<Result> RunAsync(
        OperationContext context,
        ItemTarget target,
        string statement,
        NpgsqlParameter fourth,
        IReadOnlyList<IndexDefinition> affected,
        CancellationToken cancellationToken,
        params IReadOnlyList<NpgsqlParameter> ofTheItem)
    {
        var (table, key) = (target.Table, target.Key);
        var command = new NpgsqlBatchCommand(statement)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = key.PartitionHash },
                new() { Value = key.SortKey },
                fourth,
                new() { Value = table.Version },
                new() { Value = key.Slot },
                new() { Value = affected.Select(index => index.Id).ToArray() },
                new()
                {
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval,
                    Value = affected.Select(index => index.PropagationDelay).ToArray(),
                },
            },
        };
        foreach (var parameter in ofTheItem)
        {
            command.Parameters.Add(parameter);
        }

        await using var held = await OperationConnection.OpenAsync(context, cancellationToken);
        await using var batch = new NpgsqlBatch(held.Connection)
        {
            BatchCommands = { LockTimeout.SetLocal(context.Runtime.Options.LockTimeout), command },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var isStale = reader.IsDBNull(0) || reader.GetInt64(0) != table.Version;
        DateTimeOffset? at = reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1);
        return new(isStale, at is { } now ? [.. Markers.Of(table, key, affected, now)] : null);
    }

    private static NpgsqlParameter VersionOf(Item? stored) =>
        new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = stored is null ? DBNull.Value : stored.Version };

    private static NpgsqlParameter JsonOrNull(AttributeMap? document) => document is null
        ? new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = DBNull.Value }
        : Json(StoredDocument.Write(document));

    private static NpgsqlParameter Json(byte[] document) => new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = document };

    /// <summary>What a statement has done.</summary>
    /// <param name="IsStale">Whether the table has another definition by now; then nothing was written.</param>
    /// <param name="Markers">The markers of the write; null when nothing was written.</param>
    public sealed record Result(bool IsStale, IReadOnlyList<Marker>? Markers);
}
