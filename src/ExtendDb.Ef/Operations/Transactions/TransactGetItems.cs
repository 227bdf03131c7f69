using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Items;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>Handles TransactGetItems.</summary>
internal static class TransactGetItems
{
    private const int MaxKeys = 100;
    private const long MaxBytes = 4L * 1024 * 1024;

    internal static async Task<TransactGetItemsResponse> HandleAsync(
        OperationContext context, TransactGetItemsRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var gets = request.TransactItems.Select(item => item.Get).ToList();
        var projections = gets.ConvertAll(Parse);
        var tables = new List<TableDefinition>(gets.Count);
        foreach (var get in gets)
        {
            tables.Add(await context.TableAsync(get.TableName, cancellationToken));
        }

        var targets = TransactionTargets.Of(gets.Count, i =>
        {
            var key = tables[i].KeySchema.OfKey(gets[i].Key);
            KeyPaths.Check(tables[i], projections[i]?.Paths);
            return new(tables[i], gets[i].TableName, key, gets[i].Key);
        });
        var (items, capacity) = await ReadAsync(context, targets, request.ReturnConsumedCapacity, cancellationToken);
        return new()
        {
            Responses = [.. items.Select((item, i) => new ItemResponse { Item = Projected(item, projections[i]) })],
            ConsumedCapacity = capacity,
        };
    }

    /// <summary>Reads items at one moment.</summary>
    /// <param name="context">The operation whose connection and transaction are used.</param>
    /// <param name="targets">The tables and keys of different items.</param>
    /// <param name="asked">The detail of consumed capacity to return.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The item of each target, null when it does not exist; and the capacity, null when it was not asked for.</returns>
    /// <exception cref="ValidationException">The items have more than 4 MB together.</exception>
    internal static async Task<(Item?[] Items, IReadOnlyList<ConsumedCapacity>? Capacity)> ReadAsync(
        OperationContext context,
        IReadOnlyList<ItemTarget> targets,
        ReturnConsumedCapacity asked,
        CancellationToken cancellationToken)
    {
        var items = await ItemRow.ReadAsync(context, targets, long.MaxValue, cancellationToken);
        return items.Sum(item => (long)(item?.SizeBytes ?? 0)) > MaxBytes
            ? throw new ValidationException("The items of a TransactGetItems call can have 4 MB in all")
            : (items, asked == ReturnConsumedCapacity.NONE ? null : Consumed(targets, items, asked));
    }

    /// <summary>Returns the capacity that a transaction consumes when it reads items, table by table.</summary>
    internal static IReadOnlyList<ConsumedCapacity> Consumed(
        IReadOnlyList<ItemTarget> targets, Item?[] items, ReturnConsumedCapacity asked)
    {
        var byTable = new Dictionary<string, TableUnits>(StringComparer.Ordinal);
        for (var i = 0; i < targets.Count; i++)
        {
            var name = targets[i].TableName;
            if (!byTable.TryGetValue(name, out var units))
            {
                byTable.Add(name, units = new(targets[i].Table, name));
            }

            units.Add(
                CapacityUnits.TransactionFactor * CapacityUnits.OfRead(items[i]?.SizeBytes ?? 0, consistent: true));
        }

        return [.. byTable.Values.Select(units => units.ToResponse(asked, TransactionKind.Read)!)];
    }

    // Unlike GetItem, TransactGetItems returns no item instead of an item without attributes.
    private static AttributeMap? Projected(Item? item, DocumentProjection? projection) =>
        item is null || projection is null ? item?.Document
            : projection.Of(item.Document) is { Count: > 0 } left ? left : null;

    private static void CheckShape(TransactGetItemsRequest request)
    {
        var validator = new RequestValidator()
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .Required(request.TransactItems, "transactItems")
            .Length(
                request.TransactItems?.Count,
                () => $"[{string.Join(", ", request.TransactItems!)}]",
                1,
                MaxKeys,
                "transactItems");
        for (var i = 0; i < (request.TransactItems?.Count ?? 0); i++)
        {
            var get = request.TransactItems![i]?.Get;
            var member = $"transactItems.{i + 1}.member.get";
            validator.Required(get, member);
            if (get is not null)
            {
                validator.Required(get.Key, member + ".key").TableName(get.TableName, member + ".tableName");
            }
        }

        validator.ThrowIfBroken();
    }

    private static DocumentProjection? Parse(Get get)
    {
        ExpressionMembers.Check(
            get.ExpressionAttributeNames,
            values: null,
            [],
            ("ProjectionExpression", get.ProjectionExpression, false));
        AttributeRules.Check(get.Key);
        return DocumentProjection.Read(get.ProjectionExpression, get.ExpressionAttributeNames, attributesToGet: null);
    }
}
