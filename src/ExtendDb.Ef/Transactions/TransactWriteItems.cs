using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Throughput;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Transactions;

/// <summary>Actions that are done all together or not at all.</summary>
/// <param name="TransactItems">The actions, at most 100 on as many different items, and 4 MB.</param>
public sealed record TransactWriteItemsRequest(IReadOnlyList<TransactWriteItem> TransactItems)
{
    /// <summary>Gets a token that makes the same request, sent again within ten minutes, do nothing; null for none.</summary>
    public string? ClientRequestToken { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the sizes of the items' collections.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}

/// <summary>One action of a transaction; exactly one of its members is given. Source: DynamoDB API, TransactWriteItem.</summary>
public sealed record TransactWriteItem
{
    /// <summary>Gets a condition on an item that the transaction does not write.</summary>
    public ConditionCheck? ConditionCheck { get; init; }

    /// <summary>Gets an item to be put.</summary>
    public Put? Put { get; init; }

    /// <summary>Gets the key of an item to be deleted.</summary>
    public Delete? Delete { get; init; }

    /// <summary>Gets changes of an item.</summary>
    public Update? Update { get; init; }
}

/// <summary>A condition on an item that the transaction does not write.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
/// <param name="ConditionExpression">The condition that the stored item must fulfil.</param>
public sealed record ConditionCheck(string TableName, AttributeMap Key, string ConditionExpression)
{
    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its reason.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}

/// <summary>An item to be put by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Item">The item with all its attributes, the key attributes included; at most 400 KB.</param>
public sealed record Put(string TableName, AttributeMap Item)
{
    /// <summary>Gets the condition that the stored item must fulfil; null for none.</summary>
    public string? ConditionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its reason.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}

/// <summary>The key of an item to be deleted by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record Delete(string TableName, AttributeMap Key)
{
    /// <summary>Gets the condition that the stored item must fulfil; null for none.</summary>
    public string? ConditionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its reason.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}

/// <summary>Changes of one item by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
/// <param name="UpdateExpression">The changes: SET, REMOVE, ADD and DELETE.</param>
public sealed record Update(string TableName, AttributeMap Key, string UpdateExpression)
{
    /// <summary>Gets the condition that the stored item must fulfil; null for none.</summary>
    public string? ConditionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its reason.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}

/// <summary>What a TransactWriteItems returns.</summary>
public sealed record TransactWriteItemsResponse
{
    /// <summary>Gets the capacity numbers of each table; null when they were not asked for.</summary>
    public IReadOnlyList<ConsumedCapacity>? ConsumedCapacity { get; init; }

    /// <summary>Gets the sizes of the items' collections, by table; null when they were not asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ItemCollectionMetrics>>? ItemCollectionMetrics { get; init; }
}

/// <summary>Does several actions together.</summary>
internal static class TransactWriteItems
{
    private const int MaxActions = 100;
    private const int MaxTokenLength = 36;
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MostConflicts = 5;

    /// <summary>Puts, updates, deletes and checks items of one or more tables, all together or not at all.</summary>
    /// <param name="at">Where.</param>
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
        OperationContext at, TransactWriteItemsRequest request, CancellationToken cancellationToken)
    {
        CheckShape(request);
        var actions = request.TransactItems.Select(WriteAction.Parse).ToList();
        CheckPayload(request);
        AttributeRules.ByteCount(request.ClientRequestToken ?? string.Empty, "ClientRequestToken");
        var isCallers = ContextConnection.HasTransaction(at.Context);
        await using ContextConnection? held = isCallers
            ? await ContextConnection.OpenAsync(at.Context, cancellationToken)
            : null;
        var token = request.ClientRequestToken is { } given
            ? new RequestToken(
                StringForm.Stored.Encode(given),
                RequestHash.Of(request.TransactItems),
                isCallers ? null : at.Runtime.Options.LockTimeout)
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
                        ConsumedCapacity = await ReplayedAsync(at, actions, request, cancellationToken),
                    }
                    : new()
                    {
                        ConsumedCapacity = TableChanges.Consumed(
                            changes, request.ReturnConsumedCapacity, TransactionKind.Write),
                        ItemCollectionMetrics = await TableChanges.CollectionsAsync(
                            at.Context, changes, request.ReturnItemCollectionMetrics, cancellationToken),
                    };
            }
            catch (ProvisionedThroughputExceededException throttled) when (
                actions.Exists(action => action.TableName == throttled.TableName))
            {
                throw Reasons.Of(actions.ConvertAll(action => action.TableName == throttled.TableName), throttled);
            }
            catch (TransactionConflictException conflict)
            {
                // What held the items may be gone meanwhile; then it is worth another try.
                var inTheWay = await HeldItems.FindAsync(
                    at, await LocateAsync(at, actions, cancellationToken), conflict.Positions, cancellationToken);
                if (inTheWay.Count > 0 || conflicts == MostConflicts)
                {
                    throw Reasons.Of(
                        actions.Count, inTheWay.Count > 0 ? inTheWay : Enumerable.Range(0, actions.Count), conflict);
                }
            }
        }

        Task<IReadOnlyList<ItemChange>?> WriteAsync(CancellationToken cancel) => ItemWrite.RunAsync(
            at,
            again => LocateAsync(at, actions, again),
            (places, stored) => Decide(actions, places, stored),
            token is null ? null : again => token.ClaimAsync(at.Context, again),
            isTransaction: true,
            cancel);
    }

    private static void CheckShape(TransactWriteItemsRequest request)
    {
        var shape = new RequestShape()
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
            CheckShape(shape, request.TransactItems![i], $"transactItems.{i + 1}.member");
        }

        shape.ThrowIfBroken();
    }

    private static void CheckShape(RequestShape shape, TransactWriteItem? item, string member)
    {
        shape.Required(item, member);
        if (item?.ConditionCheck is { } check)
        {
            shape.Required(check.Key, member + ".conditionCheck.key")
                .TableName(check.TableName, member + ".conditionCheck.tableName")
                .Required(check.ConditionExpression, member + ".conditionCheck.conditionExpression")
                .WhenConditionFails(check.ReturnValuesOnConditionCheckFailure, member + ".conditionCheck.");
        }

        if (item?.Put is { } put)
        {
            shape.Required(put.Item, member + ".put.item")
                .TableName(put.TableName, member + ".put.tableName")
                .WhenConditionFails(put.ReturnValuesOnConditionCheckFailure, member + ".put.");
        }

        if (item?.Delete is { } delete)
        {
            shape.Required(delete.Key, member + ".delete.key")
                .TableName(delete.TableName, member + ".delete.tableName")
                .WhenConditionFails(delete.ReturnValuesOnConditionCheckFailure, member + ".delete.");
        }

        if (item?.Update is { } update)
        {
            shape.Required(update.Key, member + ".update.key")
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

    private static async Task<IReadOnlyList<ItemPlace>> LocateAsync(
        OperationContext at, List<WriteAction> actions, CancellationToken cancellationToken)
    {
        var tables = new List<TableDefinition>(actions.Count);
        foreach (var action in actions)
        {
            tables.Add(await at.TableAsync(action.TableName, cancellationToken));
        }

        return Places.Of(actions.Count, i => actions[i].Locate(tables[i]));
    }

    /// <summary>Makes all new items, or cancels the transaction with all that is in its way.</summary>
    private static AttributeMap?[] Decide(
        List<WriteAction> actions, IReadOnlyList<ItemPlace> places, IReadOnlyList<AttributeMap?> stored)
    {
        var reasons = new Reasons(actions.Count);
        var items = new AttributeMap?[actions.Count];
        for (var i = 0; i < actions.Count; i++)
        {
            try
            {
                items[i] = actions[i].Decide(places[i].Table, stored[i]);
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
        OperationContext at,
        List<WriteAction> actions,
        TransactWriteItemsRequest request,
        CancellationToken cancellationToken)
    {
        if (request.ReturnConsumedCapacity == ReturnConsumedCapacity.NONE)
        {
            return null;
        }

        var places = await LocateAsync(at, actions, cancellationToken);
        var items = await ItemRow.ReadAsync(at.Context, places, long.MaxValue, cancellationToken);
        return TransactGetItems.Consumed(places, items, request.ReturnConsumedCapacity);
    }
}
