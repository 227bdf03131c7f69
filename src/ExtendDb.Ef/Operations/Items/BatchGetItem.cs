using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Handles BatchGetItem.</summary>
internal static class BatchGetItem
{
    private const int MaxKeys = 100;
    private const long MaxBytes = 16L * 1024 * 1024;

    internal static async Task<BatchGetItemResponse> HandleAsync(
        OperationContext context, BatchGetItemRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var projections = Parse(request);
        var tables = new Dictionary<string, TableDefinition>(StringComparer.Ordinal);
        foreach (var name in request.RequestItems.Keys)
        {
            tables.Add(name, await context.TableAsync(name, cancellationToken));
        }

        var targets = new List<ItemTarget>();
        foreach (var (name, asked) in request.RequestItems)
        {
            var table = tables[name];
            KeyPaths.Check(table, projections[name]?.Paths);
            targets.AddRange(asked.Keys.Select(key => new ItemTarget(table, name, table.KeySchema.OfKey(key), key)));
        }

        if (ItemTarget.HasDuplicates(targets))
        {
            throw Duplicates();
        }

        var (items, unread) = await ReadAsync(context, targets, cancellationToken);
        var units = tables.ToDictionary(table => table.Key, table => new TableUnits(table.Value, table.Key), StringComparer.Ordinal);
        var responses = tables.Keys.ToDictionary(name => name, _ => new List<AttributeMap>(), StringComparer.Ordinal);
        for (var i = 0; i < unread; i++)
        {
            var name = targets[i].TableName;
            units[name].Add(CapacityUnits.OfRead(items[i]?.SizeBytes ?? 0, request.RequestItems[name].ConsistentRead));
            if (items[i]?.Document is { } item)
            {
                responses[name].Add(projections[name]?.Of(item) ?? item);
            }
        }

        return new()
        {
            Responses = responses.ToDictionary(r => r.Key, IReadOnlyList<AttributeMap> (r) => r.Value, StringComparer.Ordinal),
            UnprocessedKeys = Unprocessed(request, targets, unread),
            ConsumedCapacity = request.ReturnConsumedCapacity == ReturnConsumedCapacity.NONE
                ? null
                : [.. units.Values.Select(table => table.ToResponse(request.ReturnConsumedCapacity)!)],
        };
    }

    private static void CheckShape(BatchGetItemRequest request)
    {
        var validator = new RequestValidator()
            .RequestItems(request.RequestItems?.Keys)
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity);
        foreach (var (name, asked) in request.RequestItems ?? new Dictionary<string, KeysAndAttributes>())
        {
            var member = $"requestItems.{name}.member";
            validator.Required(asked?.Keys, member + ".keys");
            CheckCount(validator, name, asked?.Keys?.Count);
            validator.AttributesToGet(asked?.AttributesToGet, member + ".attributesToGet");
            foreach (var key in asked?.Keys ?? [])
            {
                validator.Required(key, member + ".keys.member");
            }
        }

        validator.ThrowIfBroken();
        WriteRequestShape.CheckNotEmpty(request.RequestItems!, "BatchGetItem");
    }

    private static void CheckCount(RequestValidator validator, string table, int? keys)
    {
        if (keys is < 1 or > MaxKeys)
        {
            validator.AddWithoutValue(
                $"RequestItems.{table}.member.Keys",
                keys < 1
                    ? "Member must have length greater than or equal to 1"
                    : $"Member must have length less than or equal to {MaxKeys}");
        }
    }

    /// <summary>
    /// Checks what does not depend on the tables, and returns the projection of each table; null for none.
    /// </summary>
    private static Dictionary<string, DocumentProjection?> Parse(BatchGetItemRequest request)
    {
        var projections = new Dictionary<string, DocumentProjection?>(StringComparer.Ordinal);
        var keys = 0;

        // A ProjectionExpression of one table excludes an AttributesToGet even of another table.
        ExpressionMembers.Check(
            names: null,
            values: null,
            [("AttributesToGet", request.RequestItems.Values.FirstOrDefault(t => t.AttributesToGet is not null))],
            (
                "ProjectionExpression",
                request.RequestItems.Values.FirstOrDefault(t => t.ProjectionExpression is not null)?.ProjectionExpression,
                false));
        foreach (var (name, asked) in request.RequestItems)
        {
            ExpressionMembers.Check(
                asked.ExpressionAttributeNames,
                values: null,
                [("AttributesToGet", asked.AttributesToGet)],
                ("ProjectionExpression", asked.ProjectionExpression, false));
            projections.Add(name, DocumentProjection.Read(
                asked.ProjectionExpression, asked.ExpressionAttributeNames, asked.AttributesToGet));
            var seen = new HashSet<AttributeMap>();
            foreach (var key in asked.Keys)
            {
                AttributeRules.Check(key);
                if (!seen.Add(key))
                {
                    throw Duplicates();
                }
            }

            keys += asked.Keys.Count;
        }

        return keys <= MaxKeys
            ? projections
            : throw new ValidationException("Too many items requested for the BatchGetItem call");
    }

    /// <summary>
    /// Reads items up to 16 MB; returns the items and the position of the first target that was not read.
    /// </summary>
    private static async Task<(Item?[] Items, int Unread)> ReadAsync(
        OperationContext context, List<ItemTarget> targets, CancellationToken cancellationToken)
    {
        var items = await ItemRow.ReadAsync(context, targets, MaxBytes, cancellationToken);
        var read = items.Sum(item => (long)(item?.SizeBytes ?? 0));
        if (read + ItemSize.Max <= MaxBytes)
        {
            return (items, targets.Count);
        }

        // Items at the end can be missing because they do not exist or because of the limit. They count as not read, so
        // that the client asks for them again.
        var last = Array.FindLastIndex(items, item => item is not null);
        return (items, last + 1);
    }

    private static ValidationException Duplicates() => new("Provided list of item keys contains duplicates");

    private static Dictionary<string, KeysAndAttributes> Unprocessed(
        BatchGetItemRequest request, List<ItemTarget> targets, int unread) => targets
            .Skip(unread)
            .GroupBy(target => target.TableName, target => target.Asked)
            .ToDictionary(
                keys => keys.Key,
                keys => request.RequestItems[keys.Key] with { Keys = [.. keys] },
                StringComparer.Ordinal);
}
