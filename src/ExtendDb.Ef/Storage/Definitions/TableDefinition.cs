using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Model;

/// <summary>The definition of a table as this process knows it; an immutable snapshot.</summary>
public sealed class TableDefinition
{
    internal TableDefinition(
        int id,
        string name,
        Guid tableId,
        bool deletionProtectionEnabled,
        DateTimeOffset createdAt,
        KeySchema keySchema,
        IReadOnlyList<IndexDefinition> indexes,
        long version = 1)
    {
        Version = version;
        Id = id;
        Name = name;
        TableId = tableId;
        DeletionProtectionEnabled = deletionProtectionEnabled;
        CreatedAt = createdAt;
        KeySchema = keySchema;
        Indexes = [.. indexes.OrderBy(i => i.Name, StringComparer.Ordinal)];

        // Every write needs these, so they are computed once per definition.
        GlobalIndexes = [.. Indexes.Where(i => i.Kind == IndexKind.GLOBAL)];
        LocalIndexes = [.. Indexes.Where(i => i.Kind == IndexKind.LOCAL)];
    }

    /// <summary>Gets the id of the table, which its rows carry.</summary>
    public int Id { get; }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets DynamoDB's TableId.</summary>
    public Guid TableId { get; }

    /// <summary>Gets whether DeleteTable refuses to delete the table.</summary>
    public bool DeletionProtectionEnabled { get; }

    /// <summary>Gets the time at which the table was created.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Gets the primary key.</summary>
    public KeySchema KeySchema { get; }

    /// <summary>Gets all indexes, by name.</summary>
    public IReadOnlyList<IndexDefinition> Indexes { get; }

    /// <summary>Gets the version of this definition; a direct write succeeds only while the database has the same.</summary>
    internal long Version { get; }

    /// <summary>Gets the stream that gets a record of each change; null when there is none.</summary>
    internal StreamDefinition? Stream { get; init; }

    /// <summary>Gets the global indexes for which a write enqueues markers.</summary>
    internal IReadOnlyList<IndexDefinition> GlobalIndexes { get; }

    /// <summary>Gets the local indexes, whose entries a write changes in its own transaction.</summary>
    internal IReadOnlyList<IndexDefinition> LocalIndexes { get; }

    /// <summary>Returns the ACTIVE index of a name.</summary>
    /// <exception cref="ValidationException">The table has no such index, or it is not ACTIVE.</exception>
    internal IndexDefinition ActiveIndex(string name)
    {
        var index = Indexes.FirstOrDefault(i => i.Name == name)
            ?? throw new ValidationException($"The table does not have the specified index: {name}");
        return index.Status == IndexStatus.ACTIVE
            ? index
            : throw new ValidationException($"Cannot read from backfilling global secondary index: {name}");
    }

    /// <summary>Checks an item against DynamoDB's rules, this table's key and the keys of its indexes.</summary>
    /// <returns>The key of the item.</returns>
    /// <exception cref="ValidationException">A rule is broken; the message names it.</exception>
    internal ItemKey CheckItem(AttributeMap item) => Check(item, isUpdate: false, stored: null);

    /// <summary>
    /// Checks an item that results from an UpdateItem, like <see cref="CheckItem"/> but with the messages of
    /// UpdateItem.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="stored">The item before the update; null when there was none.</param>
    /// <remarks>
    /// Only changed values are checked against the rules of attributes and the keys of indexes: an item that is older than an
    /// index may have values because of which it is not in the index, and its other attributes can still be updated.
    /// </remarks>
    internal ItemKey CheckUpdatedItem(AttributeMap item, AttributeMap? stored) =>
        Check(item, isUpdate: true, stored);

    /// <summary>Refuses values given in an UpdateItem that keys of indexes cannot have.</summary>
    /// <exception cref="ValidationException">A value is mistyped, empty or too long.</exception>
    internal void CheckIndexKeys(AttributeMap given)
    {
        foreach (var index in Indexes)
        {
            index.KeySchema.CheckIndexed(given, index.Name, KeyOrigin.Given);
        }
    }

    private ItemKey Check(AttributeMap item, bool isUpdate, AttributeMap? stored)
    {
        if (stored is null)
        {
            AttributeRules.Check(item);
        }
        else
        {
            AttributeRules.CheckChanged(item, stored);
        }

        var key = KeySchema.OfItem(item);
        foreach (var index in Indexes)
        {
            index.KeySchema.CheckIndexed(item, index.Name, isUpdate ? KeyOrigin.Updated : KeyOrigin.Put, stored);
        }

        return ItemSize.Of(item) <= ItemSize.Max
            ? key
            : throw new ValidationException(
                $"Item size {(isUpdate ? "to update " : string.Empty)}has exceeded the maximum allowed size")
            {
                RefusesTransaction = !isUpdate,
            };
    }
}
