using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Legacy;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Items;

/// <summary>Keys of items to be read, of one or more tables.</summary>
/// <param name="RequestItems">The keys, by table; at most 100 in all.</param>
public sealed record BatchGetItemRequest(IReadOnlyDictionary<string, KeysAndAttributes> RequestItems)
{
    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}

/// <summary>Keys of items to be read, of one table. Source: DynamoDB API, KeysAndAttributes.</summary>
/// <param name="Keys">The primary keys, each only once.</param>
public sealed record KeysAndAttributes(IReadOnlyList<AttributeMap> Keys)
{
    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the names of the attributes to return, an older form of ProjectionExpression; null for all.</summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets whether to count the reads as strongly consistent ones, which they always are.</summary>
    public bool ConsistentRead { get; init; }
}

/// <summary>What a BatchGetItem returns.</summary>
/// <param name="Responses">The items that are there, by table, in no promised order.</param>
/// <param name="UnprocessedKeys">What was not read because the answer had 16 MB; to be asked for again. Empty otherwise.</param>
public sealed record BatchGetItemResponse(
    IReadOnlyDictionary<string, IReadOnlyList<AttributeMap>> Responses,
    IReadOnlyDictionary<string, KeysAndAttributes> UnprocessedKeys)
{
    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }
}

/// <summary>Reads items by many keys.</summary>
internal static class BatchGetItem
{
    private const int MaxKeys = 100;
    private const long MaxBytes = 16L * 1024 * 1024;

    /// <summary>Reads the items with some primary keys, of one or more tables.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The keys.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The items that are there, until they have 16 MB; the keys behind that are given back.</returns>
    /// <exception cref="ValidationException">The request breaks a rule, or a key does not fit its table.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <remarks>
    /// All items are of one snapshot, and strongly consistent. Cost: one round trip. Source: DynamoDB API, BatchGetItem.
    /// </remarks>
    internal static async Task<BatchGetItemResponse> HandleAsync(
        OperationContext at, BatchGetItemRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var projections = Parse(request);
        var tables = new Dictionary<string, TableDefinition>(StringComparer.Ordinal);
        foreach (var name in request.RequestItems.Keys)
        {
            tables.Add(name, await at.TableAsync(name, cancellationToken));
        }

        var places = new List<ItemPlace>();
        foreach (var (name, asked) in request.RequestItems)
        {
            var table = tables[name];
            KeyPaths.Check(table, projections[name]?.Paths);
            places.AddRange(asked.Keys.Select(key => new ItemPlace(table, table.KeySchema.OfKey(key), key)));
        }

        var (items, unread) = await ReadAsync(at, places, cancellationToken);
        var units = tables.ToDictionary(table => table.Key, table => new TableUnits(table.Value), StringComparer.Ordinal);
        var responses = tables.Keys.ToDictionary(name => name, _ => new List<AttributeMap>(), StringComparer.Ordinal);
        for (var i = 0; i < unread; i++)
        {
            var name = places[i].Table.Name;
            units[name].Add(CapacityUnits.OfRead(items[i]?.SizeBytes ?? 0, request.RequestItems[name].ConsistentRead));
            if (items[i]?.Document is { } item)
            {
                responses[name].Add(projections[name]?.Of(item) ?? item);
            }
        }

        return new(
            responses.ToDictionary(r => r.Key, IReadOnlyList<AttributeMap> (r) => r.Value, StringComparer.Ordinal),
            Unprocessed(request, places, unread))
        {
            ConsumedCapacity = request.ReturnConsumedCapacity == ReturnConsumedCapacity.NONE
                ? null
                : [.. units.Values.Select(table => table.ToResponse(request.ReturnConsumedCapacity)!)],
        };
    }

    private static void CheckShape(BatchGetItemRequest request)
    {
        var shape = new RequestShape()
            .RequestItems(request.RequestItems?.Keys)
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity);
        foreach (var (name, asked) in request.RequestItems ?? new Dictionary<string, KeysAndAttributes>())
        {
            var member = $"requestItems.{name}.member";
            shape.Required(asked?.Keys, member + ".keys")
                .Length(asked?.Keys?.Count, () => $"[{string.Join(", ", asked!.Keys)}]", 1, MaxKeys, member + ".keys");
            shape.AttributesToGet(asked?.AttributesToGet, member + ".attributesToGet");
            foreach (var key in asked?.Keys ?? [])
            {
                shape.Required(key, member + ".keys.member");
            }
        }

        shape.ThrowIfBroken();
        WriteShape.CheckNotEmpty(request.RequestItems!, "BatchGetItem");
    }

    /// <summary>Checks all that does not depend on the tables, and returns the projection of each.</summary>
    private static Dictionary<string, DocumentProjection?> Parse(BatchGetItemRequest request)
    {
        var projections = new Dictionary<string, DocumentProjection?>(StringComparer.Ordinal);
        var keys = 0;

        // One table's expression does not go with another's older parameter either.
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
                    throw new ValidationException("Provided list of item keys contains duplicates");
                }
            }

            keys += asked.Keys.Count;
        }

        return keys <= MaxKeys
            ? projections
            : throw new ValidationException("Too many items requested for the BatchGetItem call");
    }

    /// <summary>Reads items until they have 16 MB; returns them and the first place that was not read.</summary>
    private static async Task<(Item?[] Items, int Unread)> ReadAsync(
        OperationContext at, List<ItemPlace> places, CancellationToken cancellationToken)
    {
        var items = await ItemRow.ReadAsync(at.Context, places, MaxBytes, cancellationToken);
        var read = items.Sum(item => (long)(item?.SizeBytes ?? 0));
        if (read + ItemSize.Max <= MaxBytes)
        {
            return (items, places.Count);
        }

        // The last ones may be missing because they are not there, or because of the limit; asked again, they say it.
        var last = Array.FindLastIndex(items, item => item is not null);
        return (items, last + 1);
    }

    private static Dictionary<string, KeysAndAttributes> Unprocessed(
        BatchGetItemRequest request, List<ItemPlace> places, int unread) => places
            .Skip(unread)
            .GroupBy(place => place.Table.Name, place => place.Asked)
            .ToDictionary(
                keys => keys.Key,
                keys => request.RequestItems[keys.Key] with { Keys = [.. keys] },
                StringComparer.Ordinal);
}
