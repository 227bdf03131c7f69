using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Querying;

/// <summary>Reads and makes the keys between pages: ExclusiveStartKey and LastEvaluatedKey.</summary>
internal static class ExclusiveStart
{
    /// <summary>Returns where the item of an ExclusiveStartKey stands in its table, and in the index if one is read.</summary>
    /// <exception cref="ValidationException">It has other attributes than the keys, or other types.</exception>
    public static (ItemKey Item, ItemKey? Entry) Read(TableDefinition table, IndexDefinition? index, AttributeMap start)
    {
        var names = Names(table, index);
        if (start.Count != names.Count || !names.All(start.ContainsKey))
        {
            throw new ValidationException(
                "The provided starting key is invalid: The provided key element does not match the schema");
        }

        try
        {
            AttributeRules.Check(start);
            return (table.KeySchema.OfItem(start), index?.KeySchema.OfItem(start));
        }
        catch (ValidationException wrong)
        {
            throw new ValidationException("The provided starting key is invalid: " + wrong.Message);
        }
    }

    /// <summary>Returns the LastEvaluatedKey that stands for an item.</summary>
    public static AttributeMap Of(TableDefinition table, IndexDefinition? index, AttributeMap item) =>
        new(Names(table, index).Select(name => KeyValuePair.Create(name, item[name])));

    private static HashSet<string> Names(TableDefinition table, IndexDefinition? index) =>
    [
        .. table.KeySchema.Attributes.Select(a => a.Name),
        .. index?.KeySchema.Attributes.Select(a => a.Name) ?? [],
    ];
}
