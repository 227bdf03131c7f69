using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Writing;

/// <summary>What a request does to one item: a put, an update, a deletion or a condition check.</summary>
/// <remarks>
/// Single operations, batches and transactions create their actions here. A factory method parses the expressions,
/// <see cref="Locate"/> checks the action against its table, and <see cref="Decide"/> computes the new item.
/// </remarks>
internal abstract class ItemAction
{
    private readonly ItemCondition? _condition;
    private readonly ReturnValuesOnConditionCheckFailure _whenFalse;
    private readonly bool _answersWithStored;

    private ItemAction(
        string tableName, AttributeMap asked, ItemCondition? condition = null, StoredItemAnswer answer = default)
    {
        TableName = tableName;
        Asked = asked;
        _condition = condition;
        _whenFalse = answer.WhenFalse;
        _answersWithStored = answer.InResponse;
    }

    /// <summary>Gets the name or the ARN by which the request names the table.</summary>
    public string TableName { get; }

    /// <summary>Returns whether the action is of the table of a name.</summary>
    public bool IsOf(string tableName) => TableArn.NameOf(TableName) == tableName;

    /// <summary>Gets the item to put, or the key of the item.</summary>
    public AttributeMap Asked { get; }

    /// <summary>Gets whether neither the new item nor the response depends on the stored item.</summary>
    public bool IsBlind => DependsOnRequestOnly && _condition is null && !_answersWithStored;

    /// <summary>Gets whether the action deletes the item.</summary>
    public virtual bool IsRemoval => false;

    /// <summary>Gets whether the action deletes the item because it has expired.</summary>
    public virtual bool IsExpiry => false;

    /// <summary>Gets whether <see cref="Apply"/> does not look at the stored item.</summary>
    protected virtual bool DependsOnRequestOnly => false;

    /// <summary>Parses a put.</summary>
    /// <exception cref="ValidationException">The item, an expression or a value breaks a rule.</exception>
    public static ItemAction Put(string tableName, AttributeMap item, IConditionalWrite request) =>
        new OfPut(tableName, item, ConditionOf(item, request), StoredItemAnswer.Of(request));

    /// <summary>Parses a put of a BatchWriteItem, which has no condition.</summary>
    /// <exception cref="ValidationException">The item breaks a rule.</exception>
    public static ItemAction PutOfBatch(string tableName, AttributeMap item)
    {
        AttributeRules.Check(item);
        return new OfBatchPut(tableName, item);
    }

    /// <summary>Parses a deletion.</summary>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="key">The attributes of the primary key.</param>
    /// <param name="request">The condition of the request.</param>
    /// <param name="onlyTable">The id that the table must have; null accepts any table of the name.</param>
    /// <exception cref="ValidationException">The key, an expression or a value breaks a rule.</exception>
    public static ItemAction Delete(string tableName, AttributeMap key, IConditionalWrite request, int? onlyTable = null) =>
        new OfDelete(tableName, key, onlyTable, ConditionOf(key, request), StoredItemAnswer.Of(request));

    /// <summary>Parses a deletion of a BatchWriteItem, which has no condition.</summary>
    /// <exception cref="ValidationException">The key breaks a rule.</exception>
    public static ItemAction DeleteOfBatch(string tableName, AttributeMap key)
    {
        AttributeRules.Check(key);
        return new OfDelete(tableName, key, onlyTable: null);
    }

    /// <summary>Parses a condition check, which leaves the item as it is.</summary>
    /// <exception cref="ValidationException">The key, an expression or a value breaks a rule.</exception>
    public static ItemAction Check(string tableName, AttributeMap key, IConditionalWrite request) =>
        new OfCheck(tableName, key, ConditionOf(key, request), StoredItemAnswer.Of(request));

    /// <summary>Parses an update.</summary>
    /// <exception cref="ValidationException">The key, an expression or a value breaks a rule.</exception>
    public static OfUpdate Update(string tableName, AttributeMap key, IUpdate request)
    {
        ExpressionMembers.Check(
            request.ExpressionAttributeNames,
            request.ExpressionAttributeValues,
            [
                (nameof(request.AttributeUpdates), request.AttributeUpdates),
                (nameof(request.Expected), request.Expected),
                (nameof(request.ConditionalOperator), request.ConditionalOperator),
            ],
            (nameof(request.UpdateExpression), request.UpdateExpression, true),
            (nameof(request.ConditionExpression), request.ConditionExpression, true));
        AttributeRules.Check(key);
        var legacyUpdate = request.AttributeUpdates is null ? ItemUpdate.None : LegacyUpdates.Of(request.AttributeUpdates);
        var expected = LegacyConditions.OfExpected(request.Expected, request.ConditionalOperator);
        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var update = ItemUpdate.Parse(request.UpdateExpression, placeholders) ?? legacyUpdate;
        var condition = ItemCondition.Parse(request.ConditionExpression, placeholders) ?? expected;
        placeholders.CheckAllUsed();
        return new(tableName, key, update, condition, StoredItemAnswer.Of(request));
    }

    /// <summary>Creates an item, and refuses to replace one.</summary>
    /// <exception cref="ValidationException">The item breaks a rule.</exception>
    public static ItemAction Insert(string tableName, AttributeMap item)
    {
        AttributeRules.Check(item);
        return new OfInsert(tableName, item);
    }

    /// <summary>Updates an item with a parsed update.</summary>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="key">The attributes of the primary key.</param>
    /// <param name="update">The update.</param>
    /// <param name="condition">The condition that the stored item must fulfil; null for none.</param>
    /// <param name="answer">What the response or the exception has of the stored item.</param>
    public static OfUpdate Update(
        string tableName, AttributeMap key, ItemUpdate update, ItemCondition? condition, StoredItemAnswer answer) =>
        new(tableName, key, update, condition, answer);

    /// <summary>Deletes an item on a parsed condition; the parameters are those of an update.</summary>
    public static ItemAction Delete(
        string tableName, AttributeMap key, ItemCondition? condition, StoredItemAnswer answer) =>
        new OfDelete(tableName, key, onlyTable: null, condition, answer);

    /// <summary>Checks a parsed condition on an item; the parameters are those of an update.</summary>
    public static ItemAction Check(
        string tableName, AttributeMap key, ItemCondition condition, StoredItemAnswer answer) =>
        new OfCheck(tableName, key, condition, answer);

    /// <summary>Checks the action against a table, and returns the table and key of the item.</summary>
    /// <exception cref="ValidationException">The action does not fit the table.</exception>
    /// <exception cref="ResourceNotFoundException">The deletion is restricted to another table.</exception>
    public ItemTarget Locate(TableDefinition table)
    {
        var key = KeyIn(table);
        KeyPaths.Check(table, _condition?.Paths);
        return new(table, TableName, key, Asked);
    }

    /// <summary>Returns the item after the action; null when the item does not exist then.</summary>
    /// <param name="table">The definition that <see cref="Locate"/> was given.</param>
    /// <param name="stored">The item before the action; null when it does not exist.</param>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="ValidationException">The update cannot be applied to the stored item.</exception>
    public AttributeMap? Decide(TableDefinition table, AttributeMap? stored)
    {
        _condition?.Demand(stored, _whenFalse);
        return Apply(table, stored);
    }

    protected abstract ItemKey KeyIn(TableDefinition table);

    protected abstract AttributeMap? Apply(TableDefinition table, AttributeMap? stored);

    private static ItemCondition? ConditionOf(AttributeMap asked, IConditionalWrite request)
    {
        var names = request.TakesNamesAlone && request.ConditionExpression is null ? null : request.ExpressionAttributeNames;
        ExpressionMembers.Check(
            names,
            request.ExpressionAttributeValues,
            [
                (nameof(request.Expected), request.Expected),
                (nameof(request.ConditionalOperator), request.ConditionalOperator),
            ],
            (nameof(request.ConditionExpression), request.ConditionExpression, true));
        AttributeRules.Check(asked);
        if (request.ReturnValues is not (ReturnValue.NONE or ReturnValue.ALL_OLD))
        {
            throw new ValidationException("ReturnValues can only be ALL_OLD or NONE");
        }

        var expected = LegacyConditions.OfExpected(request.Expected, request.ConditionalOperator);
        var placeholders = new Placeholders(names, request.ExpressionAttributeValues);
        var condition = ItemCondition.Parse(request.ConditionExpression, placeholders) ?? expected;
        placeholders.CheckAllUsed();
        return condition;
    }

    private class OfPut(string tableName, AttributeMap item, ItemCondition? condition = null, StoredItemAnswer answer = default)
        : ItemAction(tableName, item, condition, answer)
    {
        protected sealed override bool DependsOnRequestOnly => true;

        protected override ItemKey KeyIn(TableDefinition table) => table.CheckItem(Asked);

        protected sealed override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) => Asked;
    }

    private sealed class OfInsert(string tableName, AttributeMap item) : ItemAction(tableName, item)
    {
        protected override ItemKey KeyIn(TableDefinition table) => table.CheckItem(Asked);

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) =>
            stored is null ? Asked : throw new DuplicateItemException();
    }

    private sealed class OfBatchPut(string tableName, AttributeMap item) : OfPut(tableName, item)
    {
        // For a batch, DynamoDB reports a wrong key in an item with the message of a deletion.
        protected override ItemKey KeyIn(TableDefinition table) => table.KeySchema.IsIn(Asked)
            ? table.CheckItem(Asked)
            : throw new ValidationException("The provided key element does not match the schema");
    }

    private sealed class OfDelete(
        string tableName,
        AttributeMap key,
        int? onlyTable,
        ItemCondition? condition = null,
        StoredItemAnswer answer = default) : ItemAction(tableName, key, condition, answer)
    {
        public override bool IsRemoval => true;

        // Only the worker restricts a deletion to a table: it looks for expired items while others delete and create tables.
        public override bool IsExpiry => onlyTable is not null;

        protected override bool DependsOnRequestOnly => true;

        protected override ItemKey KeyIn(TableDefinition table) => onlyTable is { } id && id != table.Id
            ? throw ResourceNotFoundException.Requested()
            : table.KeySchema.OfKey(Asked);

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) => null;
    }

    private sealed class OfCheck(string tableName, AttributeMap key, ItemCondition? condition, StoredItemAnswer answer)
        : ItemAction(tableName, key, condition, answer)
    {
        protected override ItemKey KeyIn(TableDefinition table) => table.KeySchema.OfKey(Asked);

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) => stored;
    }

    /// <summary>An update, which can return the attributes that it touches.</summary>
    public sealed class OfUpdate : ItemAction
    {
        private readonly ItemUpdate _update;

        internal OfUpdate(string tableName, AttributeMap key, ItemUpdate update, ItemCondition? condition, StoredItemAnswer answer)
            : base(tableName, key, condition, answer) => _update = update;

        /// <summary>
        /// Returns the attributes of an item that the update touches; null when the item has none of them.
        /// </summary>
        public AttributeMap? Touched(AttributeMap? item) =>
            item is not null && _update.Touched.Of(item) is { Count: > 0 } touched ? touched : null;

        protected override ItemKey KeyIn(TableDefinition table)
        {
            var key = table.KeySchema.OfKey(Asked);
            TableUpdate.Check(table, _update);
            return key;
        }

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) =>
            TableUpdate.Apply(table, _update, Asked, stored);
    }
}
