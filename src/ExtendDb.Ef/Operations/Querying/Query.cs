using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Handles Query.</summary>
internal static class Query
{
    internal static async Task<QueryResponse> HandleAsync(
        OperationContext context, QueryRequest request, CancellationToken cancellationToken)
    {
        ReadRequestShape.Of(request).ThrowIfBroken();
        var (conditions, selection) = Parse(request);
        var table = await context.TableAsync(request.TableName, request.IndexName, cancellationToken);
        var index = request.IndexName is null ? null : table.ActiveIndex(request.IndexName);
        if (request.ConsistentRead && index?.Kind == IndexKind.GLOBAL)
        {
            throw new ValidationException("Consistent reads are not supported on global secondary indexes");
        }

        (ItemKey Item, ItemKey? Entry)? start =
            request.ExclusiveStartKey is { } given ? StartKey.Read(table, index, given, isScan: false) : null;
        var key = index?.KeySchema ?? table.KeySchema;
        if (request.KeyConditions is { } older)
        {
            KeyConditionRules.CheckCount(older, key.IsMultiAttribute);
        }

        var (hash, range) = KeyConditionRules.Read(key, conditions);
        var partition = key.HashOf(hash);
        var position = StartPosition(start, partition, range, hasRange: conditions.Count > key.HashAttributes.Count);
        selection.CheckProjection(table);
        CheckFilter(request, key, selection.Filter);
        selection.Check(table, index, isScan: false);

        var page = await new PartitionRead(partition, range, request.IsForward, selection.NeedsItems(index))
            .PageAsync(context, table, index, position, request.Limit, cancellationToken);
        foreach (var item in page.Items)
        {
            ItemRow.CheckKey(key, hash, item);
        }

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
    private static (IReadOnlyList<KeyCondition> Conditions, ItemSelection Selection) Parse(QueryRequest request)
    {
        ExpressionMembers.Check(
            request.ExpressionAttributeNames,
            request.ExpressionAttributeValues,
            [
                ("AttributesToGet", request.AttributesToGet),
                ("QueryFilter", request.QueryFilter),
                ("ConditionalOperator", request.ConditionalOperator),
                ("KeyConditions", request.KeyConditionExpression is null ? null : request.KeyConditions),
            ],
            ("ProjectionExpression", request.ProjectionExpression, false),
            ("FilterExpression", request.FilterExpression, true),
            ("KeyConditionExpression", request.KeyConditionExpression, true));
        var legacyFilter = LegacyConditions.OfFilter(request.QueryFilter, request.ConditionalOperator);
        var legacyProjection = AttributesToGetParameter.Of(request.AttributesToGet);
        StartKey.CheckValues(request.ExclusiveStartKey);
        if (request.KeyConditions is null && request.KeyConditionExpression is null)
        {
            throw new ValidationException(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }

        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var keyExpression = ItemCondition.Parse(request.KeyConditionExpression, placeholders, "KeyConditionExpression");
        var filter = ItemCondition.Parse(request.FilterExpression, placeholders, "FilterExpression") ?? legacyFilter;
        var projection = DocumentProjection.Parse(request.ProjectionExpression, placeholders) ?? legacyProjection;
        placeholders.CheckAllUsed();
        var conditions = keyExpression is not null
            ? KeyConditionReader.Conditions(keyExpression)
            : KeyConditionReader.Conditions(request.KeyConditions!, ofIndex: request.IndexName is not null);
        return (conditions, ItemSelection.Of(
            request.Select,
            isOfIndex: request.IndexName is not null,
            projection,
            isExpression: request.ProjectionExpression is not null,
            filter));
    }

    private static void CheckFilter(QueryRequest request, KeySchema key, ItemCondition? filter)
    {
        foreach (var part in key.Attributes)
        {
            if (filter?.Paths.Any(path => path.Attribute == part.Name && path.Steps.Count == 1) == true)
            {
                throw new ValidationException(
                    (request.FilterExpression is null ? "QueryFilter" : "Filter Expression")
                    + $" can only contain non-primary key attributes: Primary key attribute: {part.Name}");
            }
        }
    }

    private static Page.Position? StartPosition(
        (ItemKey Item, ItemKey? Entry)? start, Guid partition, SortKeyRange range, bool hasRange)
    {
        if (start is not { } given)
        {
            return null;
        }

        var place = given.Entry ?? given.Item;
        if (!range.Contains(place.SortKey))
        {
            throw new ValidationException("The provided starting key does not match the range key predicate");
        }

        return place.PartitionHash == partition
            ? new(given.Item, place)
            : throw new ValidationException(hasRange
                ? "The query can return at most one row and cannot be restarted"
                : "The provided starting key is outside query boundaries based on provided conditions");
    }
}
