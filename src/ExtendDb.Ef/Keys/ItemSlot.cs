namespace ExtendDb.Ef.Keys;

/// <summary>Computes the slot of an item, which its markers and entries share: the top six bits of its partition hash.</summary>
/// <remarks>
/// In SQL: <c>get_byte(uuid_send(partition_hash), 0) &gt;&gt; 2</c>, which CHECKs repeat. A slot is a range of the
/// scan order, so that a walk in that order passes the slots one after the other. The number of slots is part of the schema.
/// </remarks>
internal static class ItemSlot
{
    public const int Count = 64;

    public static short Of(Guid partitionHash)
    {
        Span<byte> bytes = stackalloc byte[16];
        partitionHash.TryWriteBytes(bytes, bigEndian: true, out _);
        return (short)(bytes[0] >> 2);
    }

    /// <summary>Returns the slots of some items, each once.</summary>
    public static short[] Of(IEnumerable<ItemKey> keys) => [.. keys.Select(key => key.Slot).Distinct()];
}
