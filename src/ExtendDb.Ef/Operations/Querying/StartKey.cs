using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>Reads ExclusiveStartKey, and creates LastEvaluatedKey.</summary>
internal static class StartKey
{
    private const string Invalid = "The provided starting key is invalid";
    private const string NoMatch = Invalid + ": The provided key element does not match the schema";

    /// <summary>Refuses a start key with values that no item of any table can have; null is no start key.</summary>
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

    /// <summary>Refuses an index that does not exist, with the message of a Scan with a start key.</summary>
    public static void CheckIndex(TableDefinition table, string? index, AttributeMap? start)
    {
        if (start is not null && index is not null && table.Indexes.All(other => other.Name != index))
        {
            throw new ValidationException(Invalid);
        }
    }

    /// <summary>
    /// Returns the key of an ExclusiveStartKey in the table, and its key in the index if one is read.
    /// </summary>
    /// <param name="index">The index; null when the table is read.</param>
    /// <param name="start">The ExclusiveStartKey.</param>
    /// <param name="isScan">Whether a Scan continues, which has other messages than a Query.</param>
    /// <exception cref="ValidationException">
    /// The start key has other attributes than the keys, or other types.
    /// </exception>
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
            throw new ValidationException(isScan ? NoMatch : Invalid);
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

    /// <summary>Returns the LastEvaluatedKey for the last item of a page.</summary>
    public static AttributeMap Of(TableDefinition table, IndexDefinition? index, AttributeMap item) =>
        new(Names(table, index).Select(name => KeyValuePair.Create(name, item[name])));

    private static HashSet<string> Names(TableDefinition table, IndexDefinition? index) =>
    [
        .. table.KeySchema.Attributes.Select(a => a.Name),
        .. index?.KeySchema.Attributes.Select(a => a.Name) ?? [],
    ];
}
