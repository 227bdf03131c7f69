using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Reads and makes the keys between pages: ExclusiveStartKey and LastEvaluatedKey.</summary>
internal static class StartKey
{
    private const string Invalid = "The provided starting key is invalid";
    private const string NoMatch = Invalid + ": The provided key element does not match the schema";

    /// <summary>Refuses values that no item can have, whatever its table; null is no key.</summary>
    public static void CheckValues(AttributeMap? start)
    {
        try
        {
            AttributeRules.Check(start ?? AttributeMap.Empty);
        }
        catch (ValidationException wrong)
        {
            throw new ValidationException($"{Invalid}: {wrong.Message}");
        }
    }

    /// <summary>Refuses a key of an index that does not exist, as a Scan does.</summary>
    public static void CheckIndex(TableDefinition table, string? index, AttributeMap? start)
    {
        if (start is not null && index is not null && table.Indexes.All(other => other.Name != index))
        {
            throw new ValidationException(Invalid);
        }
    }

    /// <summary>Returns where the item of an ExclusiveStartKey stands in its table, and in the index if one is read.</summary>
    /// <param name="index">The index; null for none.</param>
    /// <param name="start">The key.</param>
    /// <param name="isScan">Whether a Scan is to go on, which says it in other words.</param>
    /// <exception cref="ValidationException">It has other attributes than the keys, or other types.</exception>
    public static (ItemKey Item, ItemKey? Entry) Read(
        TableDefinition table, IndexDefinition? index, AttributeMap start, bool isScan)
    {
        var names = Names(table, index);
        if (start.Count != names.Count || !names.All(start.ContainsKey))
        {
            throw new ValidationException(isScan && index is null ? NoMatch : Invalid);
        }

        if (!table.KeySchema.IsIn(start) || (index is not null && !index.KeySchema.IsIn(start)))
        {
            throw new ValidationException(NoMatch);
        }

        try
        {
            return (table.KeySchema.OfItem(start), index?.KeySchema.OfItem(start));
        }
        catch (ValidationException wrong)
        {
            throw new ValidationException($"{Invalid}: {wrong.Message}");
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
