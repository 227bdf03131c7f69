using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Model;

/// <summary>A row of <c>items</c>: one item of one table.</summary>
/// <remarks>
/// Save items with a context that has UseExtendDb() in its options: its interceptor enqueues the index updates.
/// </remarks>
public class Item
{
    // EF's proxies derive from the class by this constructor; a class of the user cannot.
    internal Item(int tableId, Guid partitionHash, byte[] sortKey, AttributeMap document, int sizeBytes, long version)
    {
        TableId = tableId;
        PartitionHash = partitionHash;
        SortKey = sortKey;
        Slot = Key.Slot;
        Document = document;
        SizeBytes = sizeBytes;
        Version = version;

        // A row from the database has a version; a new item has none.
        Stored = version > 0 ? (version, document) : null;
    }

    /// <summary>Gets the id of the table.</summary>
    public int TableId { get; private set; }

    /// <summary>Gets the first 16 bytes of SHA-256 over the partition key's value.</summary>
    public Guid PartitionHash { get; private set; }

    /// <summary>Gets the sort key in bytes whose order is DynamoDB's; empty when the table has none.</summary>
    public byte[] SortKey { get; private set; }

    /// <summary>Gets the top six bits of the partition hash, from 0 to 63: the part of the database the item lies in.</summary>
    public short Slot { get; private set; }

    /// <summary>Gets all attributes of the item, the key attributes included.</summary>
    public AttributeMap Document { get; private set; }

    /// <summary>Gets the size of the item in bytes, as DynamoDB counts it.</summary>
    public int SizeBytes { get; private set; }

    /// <summary>Gets the concurrency token: a positive number, which grows by one with each change.</summary>
    /// <remarks>
    /// The interceptor sets it. A changed item has version 0 until then, and the database refuses 0: a context without
    /// the interceptor cannot write an item without its markers.
    /// </remarks>
    public long Version { get; private set; }

    internal ItemKey Key => new(PartitionHash, SortKey);

    /// <summary>
    /// Gets the version and the attributes at the time when this instance was read or last saved; null for a new item,
    /// and for an item saved in a transaction that may still be rolled back.
    /// </summary>
    /// <remarks>The original values of a context can be changed by hand; these cannot.</remarks>
    internal (long Version, AttributeMap Document)? Stored { get; private set; }

    /// <summary>Creates an item of a table, to be added to a context.</summary>
    /// <param name="document">All attributes, the key attributes included; at most 400 KB.</param>
    /// <returns>An item that no context tracks yet.</returns>
    /// <exception cref="ValidationException">The attributes break a rule of DynamoDB or of the table's keys.</exception>
    public static Item Create(TableDefinition table, AttributeMap document)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(document);
        return CreateChecked(table, table.CheckItem(document), document);
    }

    /// <summary>Replaces all attributes except the key attributes.</summary>
    /// <param name="table">The table of this item.</param>
    /// <param name="document">All attributes, with the present key attributes.</param>
    /// <exception cref="ValidationException">The attributes break a rule, or have another key.</exception>
    /// <remarks>When the attributes equal the present ones, nothing is changed and nothing will be written.</remarks>
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

    /// <summary>Creates an item like <see cref="Create"/>, from attributes that have been checked.</summary>
    internal static Item CreateChecked(TableDefinition table, in ItemKey key, AttributeMap document) =>
        new(table.Id, key.PartitionHash, key.SortKey, document, ItemSize.Of(document), version: 0);

    /// <summary>
    /// Replaces attributes like <see cref="Replace"/>, with attributes that have been checked and keep the key.
    /// </summary>
    internal void ReplaceChecked(AttributeMap document)
    {
        if (!document.Equals(Document))
        {
            Document = document;
            SizeBytes = ItemSize.Of(document);
            Version = 0;
        }
    }

    /// <summary>Copies the state that an operation has written to the database.</summary>
    /// <param name="written">The written state.</param>
    /// <param name="isCommitted">Whether the write can no longer be rolled back.</param>
    internal void Become(Item written, bool isCommitted)
    {
        Document = written.Document;
        SizeBytes = written.SizeBytes;
        Version = written.Version;
        TakeForStored(isCommitted);
    }

    /// <summary>
    /// Makes the present state the stored one after a save; clears the stored state when the save may still be rolled
    /// back.
    /// </summary>
    /// <param name="isCommitted">Whether the save can no longer be rolled back.</param>
    internal void TakeForStored(bool isCommitted) => Stored = isCommitted ? (Version, Document) : null;

    /// <summary>Returns the version of an item that did not exist.</summary>
    /// <remarks>
    /// A random number, so that an item that is deleted and put again never has a version that was read before.
    /// Otherwise a write of the old item would pass for a change of the new item, and enqueue the difference from the
    /// old attributes.
    /// </remarks>
    internal static long FirstVersion() => Random.Shared.NextInt64(1, long.MaxValue / 2);

    /// <summary>Creates an item from a row of the database.</summary>
    internal static Item FromRow(int tableId, in ItemKey key, AttributeMap document, int sizeBytes, long version) =>
        new(tableId, key.PartitionHash, key.SortKey, document, sizeBytes, version);
}
