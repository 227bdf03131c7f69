using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Transactions;

/// <summary>An action of a TransactWriteItems, with its expressions parsed.</summary>
internal abstract class WriteAction
{
    private readonly ItemCondition? _condition;
    private readonly ReturnValuesOnConditionCheckFailure _whenFalse;

    private WriteAction(
        string tableName,
        AttributeMap asked,
        ItemCondition? condition,
        ReturnValuesOnConditionCheckFailure whenFalse)
    {
        TableName = tableName;
        Asked = asked;
        _condition = condition;
        _whenFalse = whenFalse;
    }

    public string TableName { get; }

    /// <summary>Gets the item to be put, or the key of the item.</summary>
    public AttributeMap Asked { get; }

    /// <summary>Parses an action.</summary>
    /// <exception cref="ValidationException">It is not exactly one, or an expression or a value is wrong.</exception>
    public static WriteAction Parse(TransactWriteItem item)
    {
        var given = new object?[] { item.ConditionCheck, item.Put, item.Delete, item.Update }.Count(a => a is not null);
        if (given != 1)
        {
            throw new ValidationException(given == 0
                ? "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request"
                : "TransactItems can only contain one of Check, Put, Update or Delete");
        }

        if (item.Put is { } put)
        {
            return new OfPut(put, Condition(
                put.Item,
                put.ConditionExpression,
                put.ExpressionAttributeNames,
                put.ExpressionAttributeValues));
        }

        if (item.Delete is { } delete)
        {
            return new OfDelete(delete, Condition(
                delete.Key,
                delete.ConditionExpression,
                delete.ExpressionAttributeNames,
                delete.ExpressionAttributeValues));
        }

        if (item.ConditionCheck is { } check)
        {
            return new OfConditionCheck(check, Condition(
                check.Key,
                check.ConditionExpression,
                check.ExpressionAttributeNames,
                check.ExpressionAttributeValues));
        }

        var update = item.Update!;
        AttributeRules.Check(update.Key);
        var placeholders = new Placeholders(update.ExpressionAttributeNames, update.ExpressionAttributeValues);
        var parsed = ItemUpdate.Parse(update.UpdateExpression, placeholders)!;
        var condition = ItemCondition.Parse(update.ConditionExpression, placeholders);
        placeholders.CheckAllUsed();
        return new OfUpdate(update, parsed, condition);
    }

    /// <summary>Returns the place of the item in its table.</summary>
    /// <exception cref="ValidationException">The action does not fit the table.</exception>
    public ItemTarget Locate(TableDefinition table)
    {
        var key = Place(table);
        KeyPaths.Check(table, _condition?.Paths);
        return new(table, key, Asked);
    }

    /// <summary>Returns what the action makes of the stored item; null is no item.</summary>
    /// <exception cref="ConditionalCheckFailedException">The condition is false for the stored item.</exception>
    /// <exception cref="ValidationException">The item cannot be changed so.</exception>
    public AttributeMap? Decide(TableDefinition table, AttributeMap? stored)
    {
        _condition?.Demand(stored, _whenFalse);
        return Apply(table, stored);
    }

    protected abstract ItemKey Place(TableDefinition table);

    protected abstract AttributeMap? Apply(TableDefinition table, AttributeMap? stored);

    private static ItemCondition? Condition(
        AttributeMap asked,
        string? expression,
        IReadOnlyDictionary<string, string>? names,
        IReadOnlyDictionary<string, AttributeValue>? values)
    {
        ExpressionMembers.Check(names, values, [], ("ConditionExpression", expression, true));
        AttributeRules.Check(asked);
        var placeholders = new Placeholders(names, values);
        var condition = ItemCondition.Parse(expression, placeholders);
        placeholders.CheckAllUsed();
        return condition;
    }

    private sealed class OfPut(Put put, ItemCondition? condition)
        : WriteAction(put.TableName, put.Item, condition, put.ReturnValuesOnConditionCheckFailure)
    {
        protected override ItemKey Place(TableDefinition table) => table.CheckItem(Asked);

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) => Asked;
    }

    private sealed class OfDelete(Delete delete, ItemCondition? condition)
        : WriteAction(delete.TableName, delete.Key, condition, delete.ReturnValuesOnConditionCheckFailure)
    {
        protected override ItemKey Place(TableDefinition table) => table.KeySchema.OfKey(Asked);

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) => null;
    }

    private sealed class OfConditionCheck(ConditionCheck check, ItemCondition? condition)
        : WriteAction(check.TableName, check.Key, condition, check.ReturnValuesOnConditionCheckFailure)
    {
        protected override ItemKey Place(TableDefinition table) => table.KeySchema.OfKey(Asked);

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) => stored;
    }

    private sealed class OfUpdate(Update update, ItemUpdate parsed, ItemCondition? condition)
        : WriteAction(update.TableName, update.Key, condition, update.ReturnValuesOnConditionCheckFailure)
    {
        protected override ItemKey Place(TableDefinition table)
        {
            var key = table.KeySchema.OfKey(Asked);
            TableUpdate.Check(table, parsed);
            return key;
        }

        protected override AttributeMap? Apply(TableDefinition table, AttributeMap? stored) =>
            TableUpdate.Apply(table, parsed, Asked, stored);
    }
}
