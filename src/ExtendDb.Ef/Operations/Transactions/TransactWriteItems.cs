using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Items;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>Does several actions together.</summary>
internal static class TransactWriteItems
{
    private const int MaxActions = 100;
    private const int MaxTokenLength = 36;
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MostConflicts = 5;

    /// <summary>Puts, updates, deletes and checks items of one or more tables, all together or not at all.</summary>
    /// <param name="context">Where.</param>
    /// <param name="request">The actions.</param>
    /// <param name="cancellationToken">Gives up; then all is done or nothing.</param>
    /// <returns>The capacity numbers that were asked for.</returns>
    /// <exception cref="ValidationException">The request breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">One of the tables is not there.</exception>
    /// <exception cref="TransactionCanceledException">An action cannot be done; the reasons say which, and why.</exception>
    /// <exception cref="IdempotentParameterMismatchException">The token was used for another request.</exception>
    /// <exception cref="TransactionInProgressException">A request with the token is still running.</exception>
    /// <remarks>
    /// Items are locked in the order of their keys, so that two transactions never wait for each other. Cost: one round
    /// trip to lock the items, one to write them, one commit, one for the token, and one when an item that is not there
    /// is checked or deleted; in a transaction of the caller's also a savepoint, so that a failure leaves it as it was.
    /// Source: DynamoDB API, TransactWriteItems.
    /// </remarks>
    internal static async Task<TransactWriteItemsResponse> HandleAsync(
        OperationContext context, TransactWriteItemsRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var actions = request.TransactItems.Select(WriteAction.Parse).ToList();
        CheckPayload(request);
        AttributeRules.ByteCount(request.ClientRequestToken ?? string.Empty, "ClientRequestToken");
        var isCallers = ContextConnection.HasTransaction(context.DbContext);
        await using ContextConnection? held = isCallers
            ? await ContextConnection.OpenAsync(context.DbContext, cancellationToken)
            : null;
        var token = request.ClientRequestToken is { } given
            ? new RequestToken(
                NulEscaping.Stored.Encode(given),
                RequestHash.Of(request.TransactItems),
                isCallers ? null : context.Runtime.Options.LockTimeout)
            : null;
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
                        ConsumedCapacity = await ReplayedAsync(context, actions, request, cancellationToken),
                    }
                    : new()
                    {
                        ConsumedCapacity = CapacityByTable.Consumed(
                            changes, request.ReturnConsumedCapacity, TransactionKind.Write),
                        ItemCollectionMetrics = await CapacityByTable.CollectionsAsync(
                            context.DbContext, changes, request.ReturnItemCollectionMetrics, cancellationToken),
                    };
            }
            catch (ProvisionedThroughputExceededException throttled) when (
                actions.Exists(action => action.TableName == throttled.TableName))
            {
                throw CancellationReasons.Of(actions.ConvertAll(action => action.TableName == throttled.TableName), throttled);
            }
            catch (TransactionConflictException conflict)
            {
                // What held the items may be gone meanwhile; then it is worth another try.
                var inTheWay = await HeldItems.FindAsync(
                    context, await LocateAsync(context, actions, cancellationToken), conflict.Positions, cancellationToken);
                if (inTheWay.Count > 0 || conflicts == MostConflicts)
                {
                    throw CancellationReasons.Of(
                        actions.Count, inTheWay.Count > 0 ? inTheWay : Enumerable.Range(0, actions.Count), conflict);
                }
            }
        }

        Task<IReadOnlyList<ItemChange>?> WriteAsync(CancellationToken cancel) => ItemWrite.RunAsync(
            context,
            again => LocateAsync(context, actions, again),
            (targets, stored) => Decide(actions, targets, stored),
            token is null ? null : again => token.ClaimAsync(context.DbContext, again),
            isTransaction: true,
            cancel);
    }

    private static void CheckShape(TransactWriteItemsRequest request)
    {
        var validator = new RequestValidator()
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .ReturnItemCollectionMetrics(request.ReturnItemCollectionMetrics)
            .Length(
                request.ClientRequestToken?.Length,
                () => request.ClientRequestToken!,
                1,
                MaxTokenLength,
                "clientRequestToken")
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

        if (bytes > MaxBytes)
        {
            throw new ValidationException($"Transaction payload size cannot exceed 4MB. Payload Size: {bytes}");
        }
    }

    private static async Task<IReadOnlyList<ItemTarget>> LocateAsync(
        OperationContext context, List<WriteAction> actions, CancellationToken cancellationToken)
    {
        var tables = new List<TableDefinition>(actions.Count);
        foreach (var action in actions)
        {
            tables.Add(await context.TableAsync(action.TableName, cancellationToken));
        }

        return TransactionTargets.Of(actions.Count, i => actions[i].Locate(tables[i]));
    }

    /// <summary>Makes all new items, or cancels the transaction with all that is in its way.</summary>
    private static AttributeMap?[] Decide(
        List<WriteAction> actions, IReadOnlyList<ItemTarget> targets, IReadOnlyList<AttributeMap?> stored)
    {
        var reasons = new CancellationReasons(actions.Count);
        var items = new AttributeMap?[actions.Count];
        for (var i = 0; i < actions.Count; i++)
        {
            try
            {
                items[i] = actions[i].Decide(targets[i].Table, stored[i]);
            }
            catch (ConditionalCheckFailedException failed)
            {
                reasons.Add(i, failed);
            }
            catch (ValidationException broken) when (!broken.RefusesTransaction)
            {
                // Later actions are not looked at.
                reasons.Add(i, broken);
                break;
            }
        }

        reasons.ThrowIfAny();
        return items;
    }

    // A request that was done already counts as having read its items.
    private static async Task<IReadOnlyList<ConsumedCapacity>?> ReplayedAsync(
        OperationContext context,
        List<WriteAction> actions,
        TransactWriteItemsRequest request,
        CancellationToken cancellationToken)
    {
        if (request.ReturnConsumedCapacity == ReturnConsumedCapacity.NONE)
        {
            return null;
        }

        var targets = await LocateAsync(context, actions, cancellationToken);
        var items = await ItemRow.ReadAsync(context.DbContext, targets, long.MaxValue, cancellationToken);
        return TransactGetItems.Consumed(targets, items, request.ReturnConsumedCapacity);
    }
}
