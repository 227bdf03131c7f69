using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Transactions;

/// <summary>Keys of items to be read in one snapshot.</summary>
/// <param name="TransactItems">The keys, at most 100, of as many different items.</param>
public sealed record TransactGetItemsRequest(IReadOnlyList<TransactGetItem> TransactItems)
{
    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}

/// <summary>One read of a transaction. Source: DynamoDB API, TransactGetItem.</summary>
/// <param name="Get">What to read.</param>
public sealed record TransactGetItem(Get Get);

/// <summary>The key of an item to be read by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record Get(string TableName, AttributeMap Key)
{
    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the projection; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }
}

/// <summary>What a TransactGetItems returns.</summary>
/// <param name="Responses">One for each key, in the order of the request.</param>
public sealed record TransactGetItemsResponse(IReadOnlyList<ItemResponse> Responses)
{
    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}

/// <summary>One item of a transaction's answer.</summary>
/// <param name="Item">The item, or what the projection leaves of it; null when there is none.</param>
public sealed record ItemResponse(AttributeMap? Item);

/// <summary>Reads several items together.</summary>
internal static class TransactGetItems
{
    private const int MaxKeys = 100;
    private const long MaxBytes = 4L * 1024 * 1024;

    /// <summary>Reads the items with some primary keys, of one or more tables, as they are at one instant.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The keys.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The items in the order of the keys; an empty response for one that is not there.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or the items have more than 4 MB.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <exception cref="TransactionCanceledException">A key does not fit its table.</exception>
    /// <remarks>
    /// One statement, so one snapshot: no write ever cancels it. Cost: one round trip. Source: DynamoDB API,
    /// TransactGetItems.
    /// </remarks>
    internal static async Task<TransactGetItemsResponse> HandleAsync(
        OperationContext at, TransactGetItemsRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var gets = request.TransactItems.Select(item => item.Get).ToList();
        var projections = gets.ConvertAll(Parse);
        var tables = new List<TableDefinition>(gets.Count);
        foreach (var get in gets)
        {
            tables.Add(await at.TableAsync(get.TableName, cancellationToken));
        }

        var places = Places.Of(gets.Count, i =>
        {
            var key = tables[i].KeySchema.OfKey(gets[i].Key);
            KeyPaths.Check(tables[i], projections[i]?.Paths);
            return new(tables[i], key, gets[i].Key);
        });
        var items = await ItemRow.ReadAsync(at.Context, places, long.MaxValue, cancellationToken);
        if (items.Sum(item => (long)(item?.SizeBytes ?? 0)) > MaxBytes)
        {
            throw new ValidationException("The items of a TransactGetItems call can have 4 MB in all");
        }

        return new([.. items.Select((item, i) => new ItemResponse(Projected(item, projections[i])))])
        {
            ConsumedCapacity = request.ReturnConsumedCapacity == ReturnConsumedCapacity.NONE
                ? null
                : Consumed(places, items, request.ReturnConsumedCapacity),
        };
    }

    /// <summary>Returns what reading items in a transaction costs, table by table.</summary>
    internal static IReadOnlyList<ConsumedCapacity> Consumed(
        IReadOnlyList<ItemPlace> places, Item?[] items, ReturnConsumedCapacity asked)
    {
        var byTable = new Dictionary<string, TableUnits>(StringComparer.Ordinal);
        for (var i = 0; i < places.Count; i++)
        {
            var table = places[i].Table;
            if (!byTable.TryGetValue(table.Name, out var units))
            {
                byTable.Add(table.Name, units = new(table));
            }

            units.Add(
                CapacityUnits.TransactionFactor * CapacityUnits.OfRead(items[i]?.SizeBytes ?? 0, consistent: true));
        }

        return [.. byTable.Values.Select(units => units.ToResponse(asked, TransactionKind.Read)!)];
    }

    // Unlike a GetItem, an item of which the projection leaves nothing is no item in the answer.
    private static AttributeMap? Projected(Item? item, DocumentProjection? projection) =>
        item is null || projection is null ? item?.Document
            : projection.Of(item.Document) is { Count: > 0 } left ? left : null;

    private static void CheckShape(TransactGetItemsRequest request)
    {
        var shape = new RequestShape()
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
            shape.Required(get, member);
            if (get is not null)
            {
                shape.Required(get.Key, member + ".key").TableName(get.TableName, member + ".tableName");
            }
        }

        shape.ThrowIfBroken();
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
