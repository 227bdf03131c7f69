using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Handles Scan.</summary>
internal static class Scan
{
    internal static async Task<ScanResponse> HandleAsync(
        OperationContext context, ScanRequest request, CancellationToken cancellationToken)
    {
        ReadRequestShape.Of(request).ThrowIfBroken();
        var (segment, selection) = Parse(request);
        var table = await context.TableAsync(request.TableName, request.IndexName, cancellationToken);
        StartKey.CheckIndex(table, request.IndexName, request.ExclusiveStartKey);
        var index = request.IndexName is null ? null : table.ActiveIndex(request.IndexName);
        if (request.ConsistentRead && index?.Kind == IndexKind.GLOBAL)
        {
            throw new ValidationException("Consistent reads are not supported on global secondary indexes");
        }

        Page.Position? start = null;
        if (request.ExclusiveStartKey is { } key)
        {
            var (item, entry) = StartKey.Read(table, index, key, isScan: true);
            start = new(item, entry ?? item);
        }

        if (start is { } outside && !segment.Contains(outside.Entry.PartitionHash))
        {
            throw new ValidationException(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with "
                + $"correct Segment. TotalSegments: {request.TotalSegments} Segment: {request.Segment}");
        }

        selection.CheckProjection(table);
        selection.Check(table, index, isScan: true);
        var page = await segment.PageAsync(
            context, table, index, selection.NeedsItems(index), start, request.Limit, cancellationToken);
        var (items, count) = selection.Of(page.Items);
        return new()
        {
            Items = items,
            Count = count,
            ScannedCount = page.Items.Count,
            LastEvaluatedKey = page.IsCut ? StartKey.Of(table, index, page.Items[^1]) : null,
            ConsumedCapacity = page.Consumed(
                request.ReturnConsumedCapacity, table, request.TableName, index, request.ConsistentRead),
        };
    }

    /// <summary>Parses the parts of a request that do not depend on the table.</summary>
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
        StartKey.CheckValues(request.ExclusiveStartKey);
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
