using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Writing;

/// <summary>The rules that a table sets for updates of its items.</summary>
internal static class TableUpdate
{
    /// <summary>
    /// Refuses an update of key attributes, a value that cannot be the key of an index, and a path into a key
    /// attribute.
    /// </summary>
    /// <exception cref="ValidationException">The update breaks one of these rules.</exception>
    public static void Check(TableDefinition table, ItemUpdate update)
    {
        foreach (var part in table.KeySchema.Attributes)
        {
            if (update.Actions.Any(action => action.Path.Attribute == part.Name))
            {
                throw ValidationException.InvalidParameter(
                    $"Cannot update attribute {part.Name}. This attribute is part of the key");
            }
        }

        table.CheckIndexKeys(new(update.Actions
            .Where(action => action.Path.Steps.Count == 1 && action.Given is not null)
            .Select(action => KeyValuePair.Create(action.Path.Attribute, action.Given!))));
        KeyPaths.Check(table, update.Paths);
    }

    /// <summary>Returns a stored item as it is after an update, checked against the rules of its table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="update">The update.</param>
    /// <param name="key">The key attributes, from which a new item is created.</param>
    /// <param name="stored">The stored item; null when it does not exist.</param>
    /// <returns>The updated item; null when the item does not exist and the update does not create it.</returns>
    /// <exception cref="ValidationException">A value does not suit the item, or the new item breaks a rule.</exception>
    public static AttributeMap? Apply(TableDefinition table, ItemUpdate update, AttributeMap key, AttributeMap? stored)
    {
        var updated = update.ApplyTo(stored ?? key, isStored: stored is not null);
        if (stored is null && !update.Creates)
        {
            return null;
        }

        table.CheckUpdatedItem(updated, stored);
        return updated;
    }
}
