using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Writing;

/// <summary>A change of an item that its table's stream gets a record of.</summary>
/// <param name="Table">The table, which has a stream.</param>
/// <param name="Key">The key of the item.</param>
/// <param name="Before">The attributes before the change; null when there was no item.</param>
/// <param name="After">The attributes after the change, others than before; null when there is no item.</param>
internal sealed record RecordedChange(TableDefinition Table, ItemKey Key, AttributeMap? Before, AttributeMap? After)
{
    private StreamDefinition Stream => Table.Stream!;

    private AttributeMap KeyAttributes => Table.KeySchema.KeyOf((After ?? Before)!);

    private StreamEventName EventName =>
        Before is null ? StreamEventName.INSERT : After is null ? StreamEventName.REMOVE : StreamEventName.MODIFY;

    private AttributeMap? OldImage => Stream.HasOldImage ? Before : null;

    private AttributeMap? NewImage => Stream.HasNewImage ? After : null;

    /// <summary>Creates the command that adds the records, behind the statements that change the items.</summary>
    /// <param name="changes">The changes, in their order.</param>
    /// <param name="areExpired">Whether the items are deleted because they have expired.</param>
    public static NpgsqlBatchCommand Command(IReadOnlyList<RecordedChange> changes, bool areExpired) =>
        new(Statements.StreamPendingAppend)
        {
            Parameters =
            {
                new() { Value = changes.Select(change => change.Table.Id).ToArray() },
                new() { Value = changes.Select(change => change.Stream.Id).ToArray() },
                new() { Value = changes.Select(change => StreamDefinition.ShardOf(change.Key)).ToArray() },
                new() { Value = changes.Select(change => change.EventName.ToString()).ToArray() },
                new() { Value = changes.Select(change => change.SizeOfRecord()).ToArray() },
                Documents(changes.Select(change => (AttributeMap?)change.KeyAttributes)),
                Documents(changes.Select(change => change.OldImage)),
                Documents(changes.Select(change => change.NewImage)),
                new() { Value = areExpired },
            },
        };

    private int SizeOfRecord() => ItemSize.Of(KeyAttributes)
        + (OldImage is { } old ? ItemSize.Of(old) : 0)
        + (NewImage is { } now ? ItemSize.Of(now) : 0);

    private static NpgsqlParameter Documents(IEnumerable<AttributeMap?> documents) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
        Value = documents.Select(document => document is null ? null : StoredDocument.Write(document)).ToArray(),
    };
}
