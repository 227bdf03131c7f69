using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Sql;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Querying;

/// <summary>Which page of a table or an index to read.</summary>
/// <param name="TableName">The table.</param>
public sealed record ScanRequest(string TableName)
{
    /// <summary>Gets the index to read; null for the table.</summary>
    public string? IndexName { get; init; }

    /// <summary>Gets the condition on the items that are returned, applied after the page was read; null for none.</summary>
    public string? FilterExpression { get; init; }

    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets the names of the attributes to return, an older form of ProjectionExpression; null for all.</summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets conditions on single attributes, an older form of FilterExpression; null for none.</summary>
    public IReadOnlyDictionary<string, Condition>? ScanFilter { get; init; }

    /// <summary>Gets how the conditions in ScanFilter are joined; null is AND.</summary>
    public ConditionalOperator? ConditionalOperator { get; init; }

    /// <summary>Gets which attributes to return; null for all, those of a projection, or those that the index projects.</summary>
    public Select? Select { get; init; }

    /// <summary>Gets the most items to read; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the LastEvaluatedKey of the page before; null for the first page.</summary>
    public AttributeMap? ExclusiveStartKey { get; init; }

    /// <summary>Gets whether every write that has returned must be seen; refused on a global index.</summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets which part of the table to read, from 0; null for all of it.</summary>
    public int? Segment { get; init; }

    /// <summary>Gets into how many parts the table is divided, 1 to 1,000,000; null for one.</summary>
    public int? TotalSegments { get; init; }
}

/// <summary>A page of a table or an index.</summary>
/// <param name="Items">The items in the order of the hashes of their partition keys, after the filter; none with Select COUNT.</param>
/// <param name="Count">The number of items after the filter.</param>
/// <param name="ScannedCount">The number of items that were read.</param>
/// <param name="LastEvaluatedKey">Where the next page begins; null when this one was the last.</param>
public sealed record ScanResponse(
    IReadOnlyList<AttributeMap> Items, int Count, int ScannedCount, AttributeMap? LastEvaluatedKey)
{
    /// <summary>Gets the capacity numbers; null when they were not asked for.</summary>
    public ConsumedCapacity? ConsumedCapacity { get; init; }
}

/// <summary>Scans tables and indexes.</summary>
internal static class Scan
{
    /// <summary>Reads all items of a table or entries of an index, or of a segment of it, page by page.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The table, where the page begins, and which parts of the items to return.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A page of at most 1 MB before the filter.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the index is not there or not ACTIVE.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// Each page is strongly consistent with the items, or with the entries of a global index, which may lag behind; two
    /// pages are not one snapshot. Source: DynamoDB API, Scan.
    /// </remarks>
    internal static async Task<ScanResponse> HandleAsync(
        OperationContext at, ScanRequest request, CancellationToken cancellationToken)
    {
        ReadShape.Of(request).ThrowIfBroken();
        var (segment, selection) = Parse(request);
        var table = await at.TableAsync(request.TableName, request.IndexName, cancellationToken);
        ExclusiveStart.CheckIndex(table, request.IndexName, request.ExclusiveStartKey);
        var index = request.IndexName is null ? null : table.ActiveIndex(request.IndexName);
        if (request.ConsistentRead && index?.Kind == IndexKind.GLOBAL)
        {
            throw new ValidationException("Consistent reads are not supported on global secondary indexes");
        }

        Page.Position? start = request.ExclusiveStartKey is { } key
            ? new(ExclusiveStart.Read(table, index, key, isScan: true).Item, [])
            : null;
        if (start is { } outside && !segment.Contains(outside.Item.PartitionHash))
        {
            throw new ValidationException(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with "
                + $"correct Segment. TotalSegments: {request.TotalSegments} Segment: {request.Segment}");
        }

        selection.CheckProjection(table);
        selection.Check(table, index, isScan: true);
        var needsItems = selection.NeedsItems(index);
        var page = await Page.ReadAsync(
            at.Context,
            index is null ? Statements.ItemsScan
                : needsItems ? Statements.IndexEntriesScanItems : Statements.IndexEntriesScan,
            last =>
            [
                index?.Id ?? table.Id,
                .. (last ?? start) is { } behind
                    ? new object[] { behind.Item.PartitionHash, SortKeyRange.After(behind.Item.SortKey) }
                    : [segment.First, Array.Empty<byte>()],
                segment.Last,
                .. needsItems ? new object[] { table.Id } : [],
            ],
            request.Limit,
            cancellationToken);
        var (items, count) = selection.Of(page.Items);
        return new(
            items, count, page.Items.Count, page.IsCut ? ExclusiveStart.Of(table, index, page.Items[^1]) : null)
        {
            ConsumedCapacity = page.Consumed(request.ReturnConsumedCapacity, table, index, request.ConsistentRead),
        };
    }

    /// <summary>Reads all of a request that does not depend on the table.</summary>
    private static (Segment Segment, ItemSelection Selection) Parse(ScanRequest request)
    {
        ExpressionMembers.Check(
            request.ExpressionAttributeNames,
            request.ExpressionAttributeValues,
            [
                ("AttributesToGet", request.AttributesToGet),
                ("ScanFilter", request.ScanFilter),
                ("ConditionalOperator", request.ConditionalOperator),
            ],
            ("ProjectionExpression", request.ProjectionExpression, false),
            ("FilterExpression", request.FilterExpression, true));
        var legacyProjection = AttributesToGetParameter.Of(request.AttributesToGet);
        var legacyFilter = LegacyConditions.OfFilter(request.ScanFilter, request.ConditionalOperator);
        ExclusiveStart.CheckValues(request.ExclusiveStartKey);
        var segment = Segment.Of(request.Segment, request.TotalSegments);
        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var filter = ItemCondition.Parse(request.FilterExpression, placeholders, "FilterExpression") ?? legacyFilter;
        var projection = DocumentProjection.Parse(request.ProjectionExpression, placeholders) ?? legacyProjection;
        placeholders.CheckAllUsed();
        return (segment, ItemSelection.Of(
            request.Select,
            isOfIndex: request.IndexName is not null,
            projection,
            isExpression: request.ProjectionExpression is not null,
            filter));
    }
}
