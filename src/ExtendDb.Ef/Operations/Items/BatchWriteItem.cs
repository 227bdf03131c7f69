using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
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
        var actions = Parse(request);
        var unprocessed = new Dictionary<string, IReadOnlyList<WriteRequest>>();
        while (true)
        {
            try
            {
                var changes = (await ItemWrite.RunAsync(context, new BatchActions(actions), cancellationToken))!;
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
                foreach (var (name, writes) in request.RequestItems)
                {
                    if (TableArn.NameOf(name) == throttled.TableName)
                    {
                        unprocessed.Add(name, writes);
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
    private static List<ItemAction> Parse(BatchWriteItemRequest request)
    {
        var actions = new List<ItemAction>();
        foreach (var (table, writes) in request.RequestItems)
        {
            foreach (var write in writes)
            {
                actions.Add(write switch
                {
                    { PutRequest: { } put, DeleteRequest: null } => ItemAction.PutOfBatch(table, put.Item),
                    { PutRequest: null, DeleteRequest: { } delete } => ItemAction.DeleteOfBatch(table, delete.Key),
                    _ => throw new ValidationException(
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
                        + "supported datatypes"),
                });
            }
        }

        if (actions.Count > MaxWrites)
        {
            throw new ValidationException("Too many items requested for the BatchWriteItem call");
        }

        return actions.Sum(action => (long)ItemSize.Of(action.Asked)) <= MaxBytes
            ? actions
            : throw new ValidationException("The items of a BatchWriteItem call can have 16 MB in all");
    }
}
