using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Puts and deletes many items.</summary>
internal static class BatchWriteItem
{
    private const int MaxWrites = 25;
    private const long MaxBytes = 16L * 1024 * 1024;

    /// <summary>Puts and deletes items of one or more tables; without conditions.</summary>
    /// <param name="context">Where.</param>
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
        OperationContext context, BatchWriteItemRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var writes = Parse(request);
        var unprocessed = new Dictionary<string, IReadOnlyList<WriteRequest>>();
        while (true)
        {
            try
            {
                var changes = (await ItemWrite.RunAsync(
                    context,
                    token => LocateAsync(context, writes, token),
                    (_, _) => [.. writes.Select(write => write.Request.PutRequest?.Item)],
                    cancellationToken: cancellationToken))!;
                return new(unprocessed)
                {
                    ConsumedCapacity = CapacityByTable.Consumed(changes, request.ReturnConsumedCapacity),
                    ItemCollectionMetrics = await CapacityByTable.CollectionsAsync(
                        context.DbContext, changes, request.ReturnItemCollectionMetrics, cancellationToken),
                };
            }
            catch (TransactionConflictException) when (!ContextConnection.HasTransaction(context.DbContext))
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
        var validator = new RequestValidator()
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
            .RequestItems(request.RequestItems?.Keys);
        foreach (var (name, writes) in request.RequestItems ?? new Dictionary<string, IReadOnlyList<WriteRequest>>())
        {
            if (writes is null or { Count: < 1 or > MaxWrites })
            {
                validator.Add(
                    $"'{{{name}=[{string.Join(", ", writes ?? [])}]}}'",
                    "requestItems",
                    "Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must "
                    + "have length greater than or equal to 1]");
            }

            for (var i = 0; i < (writes?.Count ?? 0); i++)
            {
                var member = $"requestItems.{name}.member.{i + 1}.member";
                validator.Required(writes![i], member);
                if (writes[i]?.DeleteRequest is { } delete)
                {
                    validator.Required(delete.Key, member + ".deleteRequest.key");
                }

                if (writes[i]?.PutRequest is { } put)
                {
                    validator.Required(put.Item, member + ".putRequest.item");
                }
            }
        }

        validator.ThrowIfBroken();
        WriteRequestShape.CheckNotEmpty(request.RequestItems!, "BatchWriteItem");
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

    private static async Task<IReadOnlyList<ItemTarget>> LocateAsync(
        OperationContext context, List<(string Table, WriteRequest Request)> writes, CancellationToken cancellationToken)
    {
        var targets = new List<ItemTarget>(writes.Count);
        var tables = new List<TableDefinition>(writes.Count);
        foreach (var (name, _) in writes)
        {
            tables.Add(await context.TableAsync(name, cancellationToken));
        }

        for (var i = 0; i < writes.Count; i++)
        {
            var (table, write) = (tables[i], writes[i].Request);
            var asked = write.PutRequest?.Item ?? write.DeleteRequest!.Key;
            targets.Add(new(table, Locate(table, write), asked));
        }

        return ItemTarget.HasDuplicates(targets)
            ? throw new ValidationException("Provided list of item keys contains duplicates")
            : targets;
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
