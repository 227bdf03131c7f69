using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Throughput;

namespace ExtendDb.Ef.Items;

/// <summary>Items to be put and keys of items to be deleted, of one or more tables.</summary>
/// <param name="RequestItems">The writes, by table; at most 25 in all and 16 MB.</param>
public sealed record BatchWriteItemRequest(IReadOnlyDictionary<string, IReadOnlyList<WriteRequest>> RequestItems)
{
    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the sizes of the items' collections.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}

/// <summary>One write of a batch: a put or a deletion. Source: DynamoDB API, WriteRequest.</summary>
public sealed record WriteRequest
{
    /// <summary>Gets the item to be put; null when DeleteRequest is given.</summary>
    public PutRequest? PutRequest { get; init; }

    /// <summary>Gets the key of the item to be deleted; null when PutRequest is given.</summary>
    public DeleteRequest? DeleteRequest { get; init; }

    /// <summary>Makes a write that puts an item.</summary>
    /// <param name="item">The item with all its attributes.</param>
    /// <returns>The write.</returns>
    public static WriteRequest Put(AttributeMap item) => new() { PutRequest = new(item) };

    /// <summary>Makes a write that deletes an item.</summary>
    /// <param name="key">The attributes of the primary key.</param>
    /// <returns>The write.</returns>
    public static WriteRequest Delete(AttributeMap key) => new() { DeleteRequest = new(key) };
}

/// <summary>An item to be put by a batch.</summary>
/// <param name="Item">The item with all its attributes; at most 400 KB.</param>
public sealed record PutRequest(AttributeMap Item);

/// <summary>The key of an item to be deleted by a batch.</summary>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record DeleteRequest(AttributeMap Key);

/// <summary>What a BatchWriteItem returns.</summary>
/// <param name="UnprocessedItems">What was not written because others held the items for too long, or the global indexes of their table lag too far behind; to be sent again.</param>
public sealed record BatchWriteItemResponse(
    IReadOnlyDictionary<string, IReadOnlyList<WriteRequest>> UnprocessedItems)
{
    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }

    /// <summary>Gets the sizes of the items' collections, by table; null when they were not asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ItemCollectionMetrics>>? ItemCollectionMetrics { get; init; }
}

/// <summary>Puts and deletes many items.</summary>
internal static class BatchWriteItem
{
    private const int MaxWrites = 25;
    private const long MaxBytes = 16L * 1024 * 1024;

    /// <summary>Puts and deletes items of one or more tables; without conditions.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The writes.</param>
    /// <param name="cancellationToken">Gives up; then all is written or nothing.</param>
    /// <returns>
    /// What was not written: all of the batch when others held the items, and what is for tables whose global indexes lag too
    /// far behind.
    /// </returns>
    /// <exception cref="ValidationException">The request or an item breaks a rule; nothing is written.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <exception cref="ProvisionedThroughputExceededException">That is so for all of its tables.</exception>
    /// <exception cref="TransactionConflictException">Others held the items for too long, in a transaction of the caller's.</exception>
    /// <remarks>
    /// Unlike DynamoDB's, the writes commit together. Cost: one round trip to lock the items, one to write them, one
    /// commit. Source: DynamoDB API, BatchWriteItem.
    /// </remarks>
    internal static async Task<BatchWriteItemResponse> HandleAsync(
        OperationContext at, BatchWriteItemRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var writes = Parse(request);
        var unprocessed = new Dictionary<string, IReadOnlyList<WriteRequest>>();
        while (true)
        {
            try
            {
                var changes = (await ItemWrite.RunAsync(
                    at,
                    token => LocateAsync(at, writes, token),
                    (_, _) => [.. writes.Select(write => write.Request.PutRequest?.Item)],
                    cancellationToken: cancellationToken))!;
                return new(unprocessed)
                {
                    ConsumedCapacity = TableChanges.Consumed(changes, request.ReturnConsumedCapacity),
                    ItemCollectionMetrics = await TableChanges.CollectionsAsync(
                        at.Context, changes, request.ReturnItemCollectionMetrics, cancellationToken),
                };
            }
            catch (TransactionConflictException) when (!ContextConnection.HasTransaction(at.Context))
            {
                // A conflict in the caller's transaction has aborted that too, and the caller must know.
                return new(request.RequestItems);
            }
            catch (ProvisionedThroughputExceededException throttled) when (
                request.RequestItems.ContainsKey(throttled.TableName) && writes.Exists(w => w.Table != throttled.TableName))
            {
                unprocessed.Add(throttled.TableName, request.RequestItems[throttled.TableName]);
                writes.RemoveAll(write => write.Table == throttled.TableName);
            }
        }
    }

    private static void CheckShape(BatchWriteItemRequest request)
    {
        var shape = new RequestShape()
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
            .RequestItems(request.RequestItems?.Keys);
        foreach (var (name, writes) in request.RequestItems ?? new Dictionary<string, IReadOnlyList<WriteRequest>>())
        {
            if (writes is null or { Count: < 1 or > MaxWrites })
            {
                shape.Add(
                    $"'{{{name}=[{string.Join(", ", writes ?? [])}]}}'",
                    "requestItems",
                    "Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must "
                    + "have length greater than or equal to 1]");
            }

            for (var i = 0; i < (writes?.Count ?? 0); i++)
            {
                var member = $"requestItems.{name}.member.{i + 1}.member";
                shape.Required(writes![i], member);
                if (writes[i]?.DeleteRequest is { } delete)
                {
                    shape.Required(delete.Key, member + ".deleteRequest.key");
                }

                if (writes[i]?.PutRequest is { } put)
                {
                    shape.Required(put.Item, member + ".putRequest.item");
                }
            }
        }

        shape.ThrowIfBroken();
        WriteShape.CheckNotEmpty(request.RequestItems!, "BatchWriteItem");
    }

    /// <summary>Checks all that does not depend on the tables.</summary>
    private static List<(string Table, WriteRequest Request)> Parse(BatchWriteItemRequest request)
    {
        var writes = new List<(string Table, WriteRequest Request)>();
        var bytes = 0L;
        foreach (var (table, requests) in request.RequestItems)
        {
            foreach (var write in requests)
            {
                if (write.PutRequest is null == write.DeleteRequest is null)
                {
                    throw new ValidationException(
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
                        + "supported datatypes");
                }

                var attributes = write.PutRequest?.Item ?? write.DeleteRequest!.Key;
                AttributeRules.Check(attributes);
                bytes += ItemSize.Of(attributes);
                writes.Add((table, write));
            }
        }

        if (writes.Count > MaxWrites)
        {
            throw new ValidationException("Too many items requested for the BatchWriteItem call");
        }

        return bytes <= MaxBytes
            ? writes
            : throw new ValidationException("The items of a BatchWriteItem call can have 16 MB in all");
    }

    private static async Task<IReadOnlyList<ItemPlace>> LocateAsync(
        OperationContext at, List<(string Table, WriteRequest Request)> writes, CancellationToken cancellationToken)
    {
        var places = new List<ItemPlace>(writes.Count);
        var tables = new List<TableDefinition>(writes.Count);
        foreach (var (name, _) in writes)
        {
            tables.Add(await at.TableAsync(name, cancellationToken));
        }

        for (var i = 0; i < writes.Count; i++)
        {
            var (table, write) = (tables[i], writes[i].Request);
            var asked = write.PutRequest?.Item ?? write.DeleteRequest!.Key;
            places.Add(new(table, Locate(table, write), asked));
        }

        return ItemPlace.HasDuplicates(places)
            ? throw new ValidationException("Provided list of item keys contains duplicates")
            : places;
    }

    // A key that does not fit is said as of a deletion, also of an item to be put.
    private static ItemKey Locate(TableDefinition table, WriteRequest write)
    {
        if (write.DeleteRequest is { } delete)
        {
            return table.KeySchema.OfKey(delete.Key);
        }

        var item = write.PutRequest!.Item;
        return table.KeySchema.IsIn(item)
            ? table.CheckItem(item)
            : throw new ValidationException("The provided key element does not match the schema");
    }
}
