using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Items;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>Handles TransactWriteItems.</summary>
internal static class TransactWriteItems
{
    private const int MaxActions = 100;
    private const int MaxTokenLength = 36;
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MostConflicts = 5;

    internal static async Task<TransactWriteItemsResponse> HandleAsync(
        OperationContext context, TransactWriteItemsRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var parsed = request.TransactItems.Select(Parse).ToList();
        CheckPayload(request);
        return await RunAsync(
            context,
            parsed,
            request.ClientRequestToken,
            () => RequestHash.Of(request.TransactItems),
            request.ReturnConsumedCapacity,
            request.ReturnItemCollectionMetrics,
            cancellationToken);
    }

    /// <summary>Executes actions together, or cancels all of them with a reason for each.</summary>
    /// <param name="context">The operation whose connection and transaction are used.</param>
    /// <param name="parsed">The actions.</param>
    /// <param name="clientToken">The ClientRequestToken; null for none.</param>
    /// <param name="hash">Returns the hash by which another request with the same token is refused.</param>
    /// <param name="asked">The detail of consumed capacity in the response.</param>
    /// <param name="metrics">Whether the response has the sizes of the item collections.</param>
    /// <param name="cancellationToken">Cancels the transaction.</param>
    internal static async Task<TransactWriteItemsResponse> RunAsync(
        OperationContext context,
        IReadOnlyList<ItemAction> parsed,
        string? clientToken,
        Func<byte[]> hash,
        ReturnConsumedCapacity asked,
        ReturnItemCollectionMetrics metrics,
        CancellationToken cancellationToken)
    {
        AttributeRules.ByteCount(clientToken ?? string.Empty, "ClientRequestToken");
        var isCallers = ContextConnection.HasTransaction(context.DbContext);
        await using ContextConnection? held = isCallers
            ? await ContextConnection.OpenAsync(context.DbContext, cancellationToken)
            : null;
        var token = clientToken is { } given
            ? new RequestToken(
                NulEscaping.Stored.Encode(given),
                hash(),
                isCallers ? null : context.Runtime.Options.LockTimeout)
            : null;
        var actions = new TransactionActions(parsed, token);
        for (var conflicts = 1; ; conflicts++)
        {
            try
            {
                var changes = await (held is { } callers
                    ? Savepoint.UndoFailedAsync(callers.Connection, WriteAsync, cancellationToken)
                    : WriteAsync(cancellationToken));
                return changes is null
                    ? new()
                    {
                        ConsumedCapacity = await ReplayedAsync(context, actions, asked, cancellationToken),
                    }
                    : new()
                    {
                        ConsumedCapacity = CapacityByTable.Consumed(changes, asked, TransactionKind.Write),
                        ItemCollectionMetrics = await CapacityByTable.CollectionsAsync(
                            context, changes, metrics, cancellationToken),
                    };
            }
            catch (ProvisionedThroughputExceededException throttled) when (
                parsed.Any(action => action.IsOf(throttled.TableName)))
            {
                throw CancellationReasons.Of([.. parsed.Select(action => action.IsOf(throttled.TableName))], throttled);
            }
            catch (TransactionConflictException conflict)
            {
                // If the conflicting transactions have ended, the write is tried again.
                var inTheWay = await HeldItems.FindAsync(
                    context, await actions.LocateAsync(context, cancellationToken), conflict.Positions, cancellationToken);
                if (inTheWay.Count > 0 || conflicts == MostConflicts)
                {
                    throw CancellationReasons.Of(
                        parsed.Count, inTheWay.Count > 0 ? inTheWay : Enumerable.Range(0, parsed.Count), conflict);
                }
            }
        }

        Task<IReadOnlyList<ItemChange>?> WriteAsync(CancellationToken cancel) =>
            ItemWrite.RunAsync(context, actions, cancel);
    }

    /// <summary>Parses an action.</summary>
    /// <exception cref="ValidationException">
    /// Not exactly one member is given, or an expression or a value breaks a rule.
    /// </exception>
    private static ItemAction Parse(TransactWriteItem item)
    {
        var given = new object?[] { item.ConditionCheck, item.Put, item.Delete, item.Update }.Count(a => a is not null);
        return (given, item) switch
        {
            (0, _) => throw new ValidationException(
                "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request"),
            ( > 1, _) => throw new ValidationException("TransactItems can only contain one of Check, Put, Update or Delete"),
            (_, { Put: { } put }) => ItemAction.Put(put.TableName, put.Item, put),
            (_, { Delete: { } delete }) => ItemAction.Delete(delete.TableName, delete.Key, delete),
            (_, { ConditionCheck: { } check }) => ItemAction.Check(check.TableName, check.Key, check),
            _ => ItemAction.Update(item.Update!.TableName, item.Update.Key, item.Update),
        };
    }

    private static void CheckShape(TransactWriteItemsRequest request)
    {
        var validator = new RequestValidator()
            .Length(
                request.ClientRequestToken?.Length,
                () => request.ClientRequestToken!,
                1,
                MaxTokenLength,
                "clientRequestToken")
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
            .Required(request.TransactItems, "transactItems")
            .Length(
                request.TransactItems?.Count,
                () => $"[{string.Join(", ", request.TransactItems!)}]",
                1,
                MaxActions,
                "transactItems");
        for (var i = 0; i < (request.TransactItems?.Count ?? 0); i++)
        {
            CheckShape(validator, request.TransactItems![i], $"transactItems.{i + 1}.member");
        }

        validator.ThrowIfBroken();
    }

    private static void CheckShape(RequestValidator validator, TransactWriteItem? item, string member)
    {
        validator.Required(item, member);
        if (item?.ConditionCheck is { } check)
        {
            validator.Required(check.Key, member + ".conditionCheck.key")
                .TableName(check.TableName, member + ".conditionCheck.tableName")
                .Required(check.ConditionExpression, member + ".conditionCheck.conditionExpression")
                .WhenConditionFails(check.ReturnValuesOnConditionCheckFailure, member + ".conditionCheck.");
        }

        if (item?.Put is { } put)
        {
            validator.Required(put.Item, member + ".put.item")
                .TableName(put.TableName, member + ".put.tableName")
                .WhenConditionFails(put.ReturnValuesOnConditionCheckFailure, member + ".put.");
        }

        if (item?.Delete is { } delete)
        {
            validator.Required(delete.Key, member + ".delete.key")
                .TableName(delete.TableName, member + ".delete.tableName")
                .WhenConditionFails(delete.ReturnValuesOnConditionCheckFailure, member + ".delete.");
        }

        if (item?.Update is { } update)
        {
            validator.Required(update.Key, member + ".update.key")
                .TableName(update.TableName, member + ".update.tableName")
                .Required(update.UpdateExpression, member + ".update.updateExpression")
                .WhenConditionFails(update.ReturnValuesOnConditionCheckFailure, member + ".update.");
        }
    }

    private static void CheckPayload(TransactWriteItemsRequest request)
    {
        var bytes = 0L;
        foreach (var item in request.TransactItems)
        {
            bytes += ItemSize.Of(item.Put?.Item ?? item.Update?.Key ?? item.Delete?.Key ?? item.ConditionCheck!.Key);
            var values = item.Put?.ExpressionAttributeValues ?? item.Update?.ExpressionAttributeValues
                ?? item.Delete?.ExpressionAttributeValues ?? item.ConditionCheck?.ExpressionAttributeValues;
            bytes += values?.Values.Sum(value => (long)ItemSize.Of(value)) ?? 0;
        }

        CheckPayload(bytes);
    }

    /// <summary>Refuses a transaction whose items, keys and values have more than 4 MB.</summary>
    internal static void CheckPayload(long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw new ValidationException($"Transaction payload size cannot exceed 4MB. Payload Size: {bytes}");
        }
    }

    // For a repeated request, DynamoDB counts the capacity of reading its items.
    private static async Task<IReadOnlyList<ConsumedCapacity>?> ReplayedAsync(
        OperationContext context,
        TransactionActions actions,
        ReturnConsumedCapacity asked,
        CancellationToken cancellationToken)
    {
        if (asked == ReturnConsumedCapacity.NONE)
        {
            return null;
        }

        var targets = await actions.LocateAsync(context, cancellationToken);
        var items = await ItemRow.ReadAsync(context, targets, long.MaxValue, cancellationToken);
        return TransactGetItems.Consumed(targets, items, asked);
    }
}
