using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Items;

/// <summary>Handles BatchWriteItem.</summary>
internal static class BatchWriteItem
{
    private const int MaxWrites = 25;
    private const long MaxBytes = 16L * 1024 * 1024;

    internal static async Task<BatchWriteItemResponse> HandleAsync(
        OperationContext context, BatchWriteItemRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var writes = Parse(request);
        var actions = writes.ConvertAll(write => write.Action);
        var unprocessed = new Dictionary<string, IReadOnlyList<WriteRequest>>();
        while (true)
        {
            try
            {
                // The figures need what was stored.
                if (request is { ReturnConsumedCapacity: ReturnConsumedCapacity.NONE, ReturnItemCollectionMetrics: ReturnItemCollectionMetrics.NONE }
                    && await DirectBatch.TryAsync(context, new BatchActions(actions), cancellationToken) is { } held)
                {
                    foreach (var table in writes.Where(write => held.Contains(write.Action)).GroupBy(write => write.Action.TableName))
                    {
                        unprocessed.Add(table.Key, [.. table.Select(write => write.Request)]);
                    }

                    return new() { UnprocessedItems = unprocessed };
                }

                var changes = (await ItemWrite.RunAsync(context, new BatchActions(actions), cancellationToken))!;
                ItemMetrics.Written(context.Runtime.Name, WriteWay.Locked, changes.Count);
                return new()
                {
                    UnprocessedItems = unprocessed,
                    ConsumedCapacity = CapacityByTable.Consumed(changes, request.ReturnConsumedCapacity),
                    ItemCollectionMetrics = await CapacityByTable.CollectionsAsync(
                        context, changes, request.ReturnItemCollectionMetrics, cancellationToken),
                };
            }
            catch (TransactionConflictException) when (!ContextConnection.HasTransaction(context.DbContext))
            {
                // In a caller's transaction the conflict is thrown instead: it has aborted that transaction, and the
                // caller must know.
                return new() { UnprocessedItems = request.RequestItems };
            }
            catch (ProvisionedThroughputExceededException throttled) when (
                actions.Exists(action => action.IsOf(throttled.TableName))
                && actions.Exists(other => !other.IsOf(throttled.TableName)))
            {
                foreach (var (name, refused) in request.RequestItems)
                {
                    if (TableArn.NameOf(name) == throttled.TableName)
                    {
                        unprocessed.Add(name, refused);
                    }
                }

                actions.RemoveAll(action => action.IsOf(throttled.TableName));
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

    /// <summary>Checks what does not depend on the tables, and returns the actions of the writes.</summary>
    private static List<(ItemAction Action, WriteRequest Request)> Parse(BatchWriteItemRequest request)
    {
        var writes = new List<(ItemAction Action, WriteRequest Request)>();
        foreach (var (table, ofTable) in request.RequestItems)
        {
            foreach (var write in ofTable)
            {
                var action = write switch
                {
                    { PutRequest: { } put, DeleteRequest: null } => ItemAction.PutOfBatch(table, put.Item),
                    { PutRequest: null, DeleteRequest: { } delete } => ItemAction.DeleteOfBatch(table, delete.Key),
                    _ => throw new ValidationException(
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
                        + "supported datatypes"),
                };
                writes.Add((action, write));
            }
        }

        if (writes.Count > MaxWrites)
        {
            throw new ValidationException("Too many items requested for the BatchWriteItem call");
        }

        return writes.Sum(write => (long)ItemSize.Of(write.Action.Asked)) <= MaxBytes
            ? writes
            : throw new ValidationException("The items of a BatchWriteItem call can have 16 MB in all");
    }
}
