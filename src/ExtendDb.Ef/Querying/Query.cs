using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Sql;

namespace ExtendDb.Ef.Querying;

/// <summary>Which items of one partition to read.</summary>
/// <param name="TableName">The table.</param>
/// <param name="KeyConditions">EQ on the partition key, and perhaps a condition on the sort key, of the table or index.</param>
public sealed record QueryRequest(string TableName, IReadOnlyDictionary<string, Condition> KeyConditions)
{
    /// <summary>Gets the index to read; null for the table.</summary>
    public string? IndexName { get; init; }

    /// <summary>Gets whether the sort keys ascend.</summary>
    public bool ScanIndexForward { get; init; } = true;

    /// <summary>Gets the most items to read; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the LastEvaluatedKey of the page before; null for the first page.</summary>
    public AttributeMap? ExclusiveStartKey { get; init; }

    /// <summary>Gets whether every write that has returned must be seen; refused on a global index.</summary>
    public bool ConsistentRead { get; init; }
}

/// <summary>A page of what a Query found.</summary>
/// <param name="Items">The items in order of their sort keys; none when nothing fits.</param>
/// <param name="LastEvaluatedKey">Where the next page begins; null when this one was the last.</param>
public sealed record QueryResponse(IReadOnlyList<AttributeMap> Items, AttributeMap? LastEvaluatedKey)
{
    /// <summary>Gets the number of items.</summary>
    public int Count => Items.Count;

    /// <summary>Gets the number of items that were read.</summary>
    public int ScannedCount => Items.Count;
}

/// <summary>Queries tables and indexes.</summary>
internal static class Query
{
    private static readonly byte[] AboveAllSortKeys = SortKeyRange.All.High;

    /// <summary>Reads the items of one partition of a table or index, in the order of their sort keys.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The conditions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A page of at most 1 MB; the attributes that the index projects when one is read.</returns>
    /// <exception cref="ValidationException">A condition does not fit the key, or the index is not there or not ACTIVE.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// The table and its local indexes are strongly consistent; a global index may lag behind its items. Cost: one round
    /// trip for up to 100 items, few more for a page. Source: DynamoDB API, Query.
    /// </remarks>
    internal static async Task<QueryResponse> HandleAsync(
        OperationContext at, QueryRequest request, CancellationToken cancellationToken)
    {
        Page.CheckLimit(request.Limit);
        var table = await at.TableAsync(request.TableName, cancellationToken);
        var index = request.IndexName is null ? null : table.ActiveIndex(request.IndexName);
        if (request.ConsistentRead && index?.Kind == IndexKind.GLOBAL)
        {
            throw new ValidationException("Consistent reads are not supported on global secondary indexes");
        }

        var key = index?.KeySchema ?? table.KeySchema;
        var (hash, range) = KeyConditionRules.Read(key, request.KeyConditions);
        var partition = PartitionHash.Of(hash);
        var start = Start(table, index, request, partition, range);
        if (range.IsEmpty)
        {
            return new([], LastEvaluatedKey: null);
        }

        var page = index is null
            ? await ReadTableAsync(at, table, request, partition, range, start, cancellationToken)
            : await ReadIndexAsync(at, index, request, partition, range, start, cancellationToken);
        var asked = new AttributeMap { [key.Hash.Name] = hash };
        foreach (var item in page.Items)
        {
            ItemRow.CheckKey(key, asked, item);
        }

        return new(page.Items, page.IsCut ? ExclusiveStart.Of(table, index, page.Items[^1]) : null);
    }

    private static Page.Position? Start(
        TableDefinition table, IndexDefinition? index, QueryRequest request, Guid partition, SortKeyRange range)
    {
        if (request.ExclusiveStartKey is null)
        {
            return null;
        }

        var (item, entry) = ExclusiveStart.Read(table, index, request.ExclusiveStartKey);
        var place = entry ?? item;
        return place.PartitionHash == partition && range.Contains(place.SortKey)
            ? new(item, place.SortKey)
            : throw new ValidationException(
                "The provided starting key is outside query boundaries based on provided conditions");
    }

    private static Task<Page> ReadTableAsync(
        OperationContext at,
        TableDefinition table,
        QueryRequest request,
        Guid partition,
        SortKeyRange range,
        Page.Position? start,
        CancellationToken cancellationToken) => Page.ReadAsync(
            at.Context,
            request.ScanIndexForward ? Statements.ItemsQueryForward : Statements.ItemsQueryBackward,
            last => (last ?? start, request.ScanIndexForward) switch
            {
                ({ } behind, true) => [table.Id, partition, SortKeyRange.After(behind.Item.SortKey), range.High],
                ({ } behind, false) => [table.Id, partition, range.Low, behind.Item.SortKey],
                _ => [table.Id, partition, range.Low, range.High],
            },
            request.Limit,
            cancellationToken);

    private static Task<Page> ReadIndexAsync(
        OperationContext at,
        IndexDefinition index,
        QueryRequest request,
        Guid partition,
        SortKeyRange range,
        Page.Position? start,
        CancellationToken cancellationToken) => Page.ReadAsync(
            at.Context,
            request.ScanIndexForward ? Statements.IndexEntriesQueryForward : Statements.IndexEntriesQueryBackward,
            last => [index.Id, partition, range.Low, range.High, .. (last ?? start, request.ScanIndexForward) switch
            {
                ({ } behind, true) =>
                    new object[] { behind.EntrySort, behind.Item.PartitionHash, SortKeyRange.After(behind.Item.SortKey) },
                ({ } behind, false) => [behind.EntrySort, behind.Item.PartitionHash, behind.Item.SortKey],
                (_, true) => [range.Low, Guid.Empty, Array.Empty<byte>()],
                _ => [range.High, Guid.AllBitsSet, AboveAllSortKeys],
            }],
            request.Limit,
            cancellationToken);
}
