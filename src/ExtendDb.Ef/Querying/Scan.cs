using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Sql;

namespace ExtendDb.Ef.Querying;

/// <summary>Which page of a table to read.</summary>
/// <param name="TableName">The table.</param>
public sealed record ScanRequest(string TableName)
{
    /// <summary>Gets the most items to read; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the LastEvaluatedKey of the page before; null for the first page.</summary>
    public AttributeMap? ExclusiveStartKey { get; init; }
}

/// <summary>A page of a table.</summary>
/// <param name="Items">The items, in the order of the hashes of their partition keys; none when the table is empty.</param>
/// <param name="LastEvaluatedKey">Where the next page begins; null when this one was the last.</param>
public sealed record ScanResponse(IReadOnlyList<AttributeMap> Items, AttributeMap? LastEvaluatedKey)
{
    /// <summary>Gets the number of items.</summary>
    public int Count => Items.Count;

    /// <summary>Gets the number of items that were read.</summary>
    public int ScannedCount => Items.Count;
}

/// <summary>Scans tables.</summary>
internal static class Scan
{
    /// <summary>Reads all items of a table, page by page.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The table and where the page begins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A page of at most 1 MB.</returns>
    /// <exception cref="ValidationException">The limit or the starting key is wrong.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Each page is strongly consistent, two pages are not one snapshot. Source: DynamoDB API, Scan.</remarks>
    internal static async Task<ScanResponse> HandleAsync(
        OperationContext at, ScanRequest request, CancellationToken cancellationToken)
    {
        Page.CheckLimit(request.Limit);
        var table = await at.TableAsync(request.TableName, cancellationToken);
        Page.Position? start = request.ExclusiveStartKey is { } key
            ? new(ExclusiveStart.Read(table, index: null, key).Item, [])
            : null;
        var page = await Page.ReadAsync(
            at.Context,
            Statements.ItemsScan,
            last => (last ?? start) is { } behind
                ? [table.Id, behind.Item.PartitionHash, SortKeyRange.After(behind.Item.SortKey)]
                : [table.Id, Guid.Empty, Array.Empty<byte>()],
            request.Limit,
            cancellationToken);
        return new(page.Items, page.IsCut ? ExclusiveStart.Of(table, index: null, page.Items[^1]) : null);
    }
}
