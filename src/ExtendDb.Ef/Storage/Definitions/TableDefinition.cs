using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Model;

/// <summary>The definition of a table as this process knows it; never changes, a new one takes its place.</summary>
public sealed class TableDefinition
{
    internal TableDefinition(
        int id,
        string name,
        Guid tableId,
        TableStatus status,
        bool deletionProtectionEnabled,
        DateTimeOffset createdAt,
        KeySchema keySchema,
        IReadOnlyList<IndexDefinition> indexes)
    {
        Id = id;
        Name = name;
        TableId = tableId;
        Status = status;
        DeletionProtectionEnabled = deletionProtectionEnabled;
        CreatedAt = createdAt;
        KeySchema = keySchema;
        Indexes = [.. indexes.OrderBy(i => i.Name, StringComparer.Ordinal)];

        // Asked for by every write, so worked out once per definition.
        GlobalIndexes = [.. Indexes.Where(i => i is { Kind: IndexKind.GLOBAL, Status: not IndexStatus.DELETING })];
        LocalIndexes = [.. Indexes.Where(i => i.Kind == IndexKind.LOCAL)];
    }

    /// <summary>Gets the number that rows of this table carry.</summary>
    public int Id { get; }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets DynamoDB's TableId.</summary>
    public Guid TableId { get; }

    /// <summary>Gets the state.</summary>
    public TableStatus Status { get; }

    /// <summary>Gets whether DeleteTable is refused.</summary>
    public bool DeletionProtectionEnabled { get; }

    /// <summary>Gets when the table was created.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Gets the primary key.</summary>
    public KeySchema KeySchema { get; }

    /// <summary>Gets all indexes, by name.</summary>
    public IReadOnlyList<IndexDefinition> Indexes { get; }

    /// <summary>Gets the global indexes that a write has to enqueue for.</summary>
    internal IReadOnlyList<IndexDefinition> GlobalIndexes { get; }

    /// <summary>Gets the local indexes that a write maintains itself.</summary>
    internal IReadOnlyList<IndexDefinition> LocalIndexes { get; }

    /// <summary>Finds an index that can be queried.</summary>
    /// <exception cref="ValidationException">The table has no such index, or it is not ACTIVE.</exception>
    internal IndexDefinition ActiveIndex(string name)
    {
        var index = Indexes.FirstOrDefault(i => i.Name == name)
            ?? throw new ValidationException($"The table does not have the specified index: {name}");
        return index.Status switch
        {
            IndexStatus.ACTIVE => index,
            IndexStatus.CREATING => throw new ValidationException(
                $"Cannot read from backfilling global secondary index: {name}"),
            _ => throw new ValidationException($"The table does not have the specified index: {name}"),
        };
    }

    /// <summary>Checks an item against DynamoDB's rules, this table's key and the keys of its indexes.</summary>
    /// <returns>Where the item stands.</returns>
    /// <exception cref="ValidationException">A rule is broken; the message names it.</exception>
    internal ItemKey CheckItem(AttributeMap item) => Check(item, isUpdate: false, stored: null);

    /// <summary>As <see cref="CheckItem"/>, for an item that an UpdateItem has made, in the words of that.</summary>
    /// <param name="item">The item.</param>
    /// <param name="stored">The item as it was; null when there was none.</param>
    /// <remarks>
    /// Only what has changed is checked against the keys of indexes: an item that is older than an index may have values
    /// with which it is not in it, and its other attributes can still be updated.
    /// </remarks>
    internal ItemKey CheckUpdatedItem(AttributeMap item, AttributeMap? stored) =>
        Check(item, isUpdate: true, stored);

    /// <summary>Refuses values that an UpdateItem gives for keys of indexes and that these cannot have.</summary>
    /// <exception cref="ValidationException">One is mistyped, empty or too long.</exception>
    internal void CheckIndexKeys(AttributeMap given)
    {
        foreach (var index in Indexes)
        {
            index.KeySchema.CheckIndexed(given, index.Name, KeyOrigin.Given);
        }
    }

    private ItemKey Check(AttributeMap item, bool isUpdate, AttributeMap? stored)
    {
        AttributeRules.Check(item);
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
