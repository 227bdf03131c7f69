using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>items</c>: one item of one table.</summary>
/// <remarks>Save it with a context that has UseExtendDb() in its options: the interceptor enqueues the index updates.</remarks>
public class Item
{
    // EF's proxies derive from the class by this constructor; a class of a user's cannot.
    internal Item(int tableId, Guid partitionHash, byte[] sortKey, AttributeMap document, int sizeBytes, long version)
    {
        TableId = tableId;
        PartitionHash = partitionHash;
        SortKey = sortKey;
        Document = document;
        SizeBytes = sizeBytes;
        Version = version;

        // A row that is read has a version; an item that is made has none.
        Stored = version > 0 ? (version, document) : null;
    }

    /// <summary>Gets the table's number.</summary>
    public int TableId { get; private set; }

    /// <summary>Gets the first 16 bytes of SHA-256 over the partition key's value.</summary>
    public Guid PartitionHash { get; private set; }

    /// <summary>Gets the sort key in bytes whose order is DynamoDB's; empty when the table has none.</summary>
    public byte[] SortKey { get; private set; }

    /// <summary>Gets the item with all its attributes, the key among them.</summary>
    public AttributeMap Document { get; private set; }

    /// <summary>Gets the item's size as DynamoDB counts it.</summary>
    public int SizeBytes { get; private set; }

    /// <summary>Gets the concurrency token: any positive number for a new item, one more with each change.</summary>
    /// <remarks>
    /// The interceptor counts it. A changed item has 0 until then, and the database refuses 0: a context that lacks the
    /// interceptor cannot write an item without its markers.
    /// </remarks>
    public long Version { get; private set; }

    internal ItemKey Key => new(PartitionHash, SortKey);

    /// <summary>Gets the attributes as they were when this instance was read or last saved, with the version of that time; null for a new item, and for one saved in a transaction that may still be rolled back.</summary>
    /// <remarks>The original values of a context can be changed by hand. These cannot.</remarks>
    internal (long Version, AttributeMap Document)? Stored { get; private set; }

    /// <summary>Makes an item of a table, to be added to a context.</summary>
    /// <param name="document">All attributes, the key attributes included; at most 400 KB.</param>
    /// <returns>An item that nothing tracks yet.</returns>
    /// <exception cref="ValidationException">The attributes break a rule of DynamoDB or of the table's keys.</exception>
    public static Item Create(TableDefinition table, AttributeMap document)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(document);
        return CreateChecked(table, table.CheckItem(document), document);
    }

    /// <summary>Replaces all attributes but the key.</summary>
    /// <param name="table">The table of this item.</param>
    /// <param name="document">All attributes; the key attributes as they are.</param>
    /// <exception cref="ValidationException">The attributes break a rule, or the key is another one.</exception>
    /// <remarks>Attributes equal to the present ones change nothing, and nothing will be written.</remarks>
    public void Replace(TableDefinition table, AttributeMap document)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(document);
        if (document.Equals(Document))
        {
            return;
        }

        var key = table.CheckItem(document);
        if (table.Id != TableId || key != Key)
        {
            throw ValidationException.InvalidParameter(
                $"Cannot update attribute {table.KeySchema.Hash.Name}. This attribute is part of the key");
        }

        ReplaceChecked(document);
    }

    /// <summary>As <see cref="Create"/>, for attributes that have been checked.</summary>
    internal static Item CreateChecked(TableDefinition table, in ItemKey key, AttributeMap document) =>
        new(table.Id, key.PartitionHash, key.SortKey, document, ItemSize.Of(document), version: 0);

    /// <summary>As <see cref="Replace"/>, for attributes that have been checked and keep the key.</summary>
    internal void ReplaceChecked(AttributeMap document)
    {
        if (!document.Equals(Document))
        {
            Document = document;
            SizeBytes = ItemSize.Of(document);
            Version = 0;
        }
    }

    /// <summary>Takes over the state that an operation has left in the database.</summary>
    /// <param name="written">The state.</param>
    /// <param name="isCommitted">Whether nothing can undo it.</param>
    internal void Become(Item written, bool isCommitted)
    {
        Document = written.Document;
        SizeBytes = written.SizeBytes;
        Version = written.Version;
        TakeForStored(isCommitted);
    }

    /// <summary>Takes note that the present state is in the database; forgets what was stored before when it may still be rolled back.</summary>
    /// <param name="isCommitted">Whether nothing can undo it.</param>
    internal void TakeForStored(bool isCommitted) => Stored = isCommitted ? (Version, Document) : null;

    /// <summary>Makes an item of a row that was read.</summary>
    internal static Item FromRow(int tableId, in ItemKey key, AttributeMap document, int sizeBytes, long version) =>
        new(tableId, key.PartitionHash, key.SortKey, document, sizeBytes, version);
}
