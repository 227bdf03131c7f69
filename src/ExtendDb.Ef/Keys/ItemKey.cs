namespace ExtendDb.Ef.Keys;

/// <summary>The partition hash and the sort key of an item in its table, or of an entry in its index.</summary>
/// <param name="PartitionHash">The hash of the value of the partition key.</param>
/// <param name="SortKey">The order-preserving bytes of the sort key; empty when there is none.</param>
internal readonly record struct ItemKey(Guid PartitionHash, byte[] SortKey) : IComparable<ItemKey>
{
    /// <summary>Gets the slot of the item.</summary>
    public short Slot => ItemSlot.Of(PartitionHash);

    public bool Equals(ItemKey other) =>
        PartitionHash == other.PartitionHash && SortKey.AsSpan().SequenceEqual(other.SortKey);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(PartitionHash);
        hash.AddBytes(SortKey);
        return hash.ToHashCode();
    }

    /// <summary>Compares in PostgreSQL's order of (uuid, bytea), so that locks are taken in one order everywhere.</summary>
    public int CompareTo(ItemKey other)
    {
        var hashes = PartitionHash.CompareTo(other.PartitionHash);
        return hashes != 0 ? hashes : SortKey.AsSpan().SequenceCompareTo(other.SortKey);
    }
}
