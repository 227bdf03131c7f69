using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Turns an INSERT, UPDATE, DELETE or EXISTS into the action of a write.</summary>
/// <param name="Table">The table.</param>
/// <param name="Statement">The statement.</param>
internal sealed record WriteStatement(TableDefinition Table, Statement Statement)
{
    private const string NoMatch = "The provided key element does not match the schema";

    /// <summary>Gets the RETURNING; null for none.</summary>
    public Returning? Returning => Statement switch
    {
        Statement.Update update => update.Returning,
        Statement.Delete delete => delete.Returning,
        _ => null,
    };

    /// <summary>Returns the action of a statement that is executed alone or in a batch.</summary>
    /// <param name="whenFalse">Whether the exception of a false condition has the stored item.</param>
    /// <param name="needsStored">Whether the response has the capacity, which depends on the stored item.</param>
    /// <exception cref="ValidationException">The statement does not name one item by its key.</exception>
    public ItemAction ToAction(ReturnValuesOnConditionCheckFailure whenFalse, bool needsStored)
    {
        CheckIndex();
        var answer = new StoredItemAnswer(whenFalse, needsStored || Returning is not null);
        if (Statement is Statement.Insert insert)
        {
            CheckKey(insert.Item);
            return ItemAction.Insert(insert.Table, insert.Item);
        }

        var key = SingleItemKey.Of(Table.KeySchema, Where);
        return key.Refusal is { } refusal ? throw new ValidationException(refusal) : ToAction(key, answer);
    }

    /// <summary>Returns the action of a statement of a transaction.</summary>
    /// <param name="whenFalse">Whether the reason of a false condition has the stored item.</param>
    /// <exception cref="ValidationException">The statement does not name one item by its key, which cancels the transaction.</exception>
    public ItemAction ToActionOfTransaction(ReturnValuesOnConditionCheckFailure whenFalse)
    {
        var answer = new StoredItemAnswer(whenFalse);
        switch (Statement)
        {
            case Statement.Insert insert:
                return ItemAction.Insert(insert.Table, insert.Item);
            case Statement.Exists { Read: var read }:
                return ItemAction.Check(read.Table, SingleItemKey.OfCondition(Table.KeySchema, read.Where)!, read.Where!, answer);
            default:
                var key = SingleItemKey.Of(Table.KeySchema, Where);
                return key.Refusal is null ? ToAction(key, answer) : throw new ValidationException(NoMatch);
        }
    }

    /// <summary>Refuses a statement that names an index.</summary>
    public void CheckIndex()
    {
        if (Statement.Index is not null)
        {
            throw new ValidationException("This operation is not supported on an index");
        }
    }

    /// <summary>Returns the item that RETURNING returns; null for none.</summary>
    public AttributeMap? Returned(ItemAction action, ItemChange change)
    {
        if (Returning is not { } returning)
        {
            return null;
        }

        var item = returning.IsNew ? change.After : change.Before;
        return returning.OnlyModified ? ((ItemAction.OfUpdate)action).Touched(item) : item;
    }

    private ItemCondition? Where => Statement switch
    {
        Statement.Update update => update.Where,
        Statement.Delete delete => delete.Where,
        _ => null,
    };

    // The key is part of the condition of an UPDATE, which is so false for an item that does not exist.
    private ItemAction ToAction(SingleItemKey key, StoredItemAnswer answer) => Statement is Statement.Update update
        ? ItemAction.Update(update.Table, key.Key, update.Changes, Where, answer)
        : ItemAction.Delete(Statement.Table, key.Key, key.IsAll ? null : WhereOrMissing(), answer);

    // To delete an item that does not exist is no failure, whatever else the condition says.
    private ItemCondition WhereOrMissing()
    {
        var hash = new Operand.OfPath(new(new PathStep(Table.KeySchema.Hash.Name)));
        return Where! with { Predicate = new Predicate.Or(new Predicate.AttributeNotExists(hash), Where.Predicate) };
    }

    private void CheckKey(AttributeMap item)
    {
        foreach (var part in Table.KeySchema.Attributes)
        {
            if (!item.TryGetValue(part.Name, out var value))
            {
                throw new ValidationException($"Key attribute should be present in the item: Key {part.Name}");
            }

            if (value.Type != part.Type)
            {
                throw new ValidationException(
                    $"Key attribute's data type should match its data type in table's schema: Key {part.Name}");
            }
        }
    }
}
