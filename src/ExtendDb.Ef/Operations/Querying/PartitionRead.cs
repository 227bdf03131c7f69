using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Reads the items of one partition of a table or an index whose sort keys lie in a range.</summary>
/// <param name="Partition">The hash of the partition key.</param>
/// <param name="Range">The range of sort keys; an empty one has no items.</param>
/// <param name="IsForward">Whether the items come in ascending order of their sort keys.</param>
/// <param name="NeedsItems">Whether attributes that a local index lacks are read from the table.</param>
internal sealed record PartitionRead(Guid Partition, SortKeyRange Range, bool IsForward, bool NeedsItems)
{
    /// <summary>Reads a page.</summary>
    /// <param name="context">The operation whose connection and transaction are used.</param>
    /// <param name="table">The table.</param>
    /// <param name="index">The index; null to read the table.</param>
    /// <param name="start">The position behind which the page starts; null for the first page.</param>
    /// <param name="limit">The largest number of items; null for as many as 1 MB holds.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <param name="room">The number of bytes that are left for the page.</param>
    public Task<Page> PageAsync(
        OperationContext context,
        TableDefinition table,
        IndexDefinition? index,
        Page.Position? start,
        int? limit,
        CancellationToken cancellationToken,
        int room = Page.MaxBytes) =>
        Range.IsEmpty ? Task.FromResult(Page.Empty)
            : index is null ? PageOfTableAsync(context, table, start, limit, room, cancellationToken)
            : PageOfIndexAsync(context, table, index, start, limit, room, cancellationToken);

    private Task<Page> PageOfTableAsync(
        OperationContext context,
        TableDefinition table,
        Page.Position? start,
        int? limit,
        int room,
        CancellationToken cancellationToken) =>
        Page.ReadAsync(
            context,
            IsForward ? Statements.ItemsQueryForward : Statements.ItemsQueryBackward,
            last =>
            [
                table.Id, Partition,
                .. (last ?? start, IsForward) switch
                {
                    ({ } behind, true) => new object[] { SortKeyRange.After(behind.Item.SortKey), Range.High },
                    ({ } behind, false) => [Range.Low, behind.Item.SortKey],
                    _ => [Range.Low, Range.High],
                },
                ItemSlot.Of(Partition),
            ],
            limit,
            cancellationToken,
            room);

    private Task<Page> PageOfIndexAsync(
        OperationContext context,
        TableDefinition table,
        IndexDefinition index,
        Page.Position? start,
        int? limit,
        int room,
        CancellationToken cancellationToken) => Page.ReadAsync(
            context,
            (NeedsItems, IsForward) switch
            {
                (false, true) => Statements.IndexEntriesQueryForward,
                (false, false) => Statements.IndexEntriesQueryBackward,
                (true, true) => Statements.IndexEntriesQueryItemsForward,
                (true, false) => Statements.IndexEntriesQueryItemsBackward,
            },
            last =>
            [
                index.Id, Partition,
                .. (last ?? start, IsForward) switch
                {
                    ({ } behind, true) => new object[]
                    {
                        behind.Entry.SortKey, behind.Item.PartitionHash, SortKeyRange.After(behind.Item.SortKey), Range.High,
                    },
                    ({ } behind, false) => [Range.Low, behind.Entry.SortKey, behind.Item.PartitionHash, behind.Item.SortKey],
                    (_, true) => [Range.Low, Guid.Empty, Array.Empty<byte>(), Range.High],
                    _ => [Range.Low, Range.High, Guid.Empty, Array.Empty<byte>()],
                },
                .. NeedsItems ? new object[] { table.Id } : [],
            ],
            limit,
            cancellationToken,
            room);
}
