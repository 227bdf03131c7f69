using System.Security.Cryptography;

namespace ExtendDb.Ef.Keys;

/// <summary>The shard of the queue that an item's markers go to; the same item always to the same one.</summary>
/// <remarks>
/// In SQL: <c>get_byte(sha256(uuid_send(partition_hash) || sort_key), 0) % 32</c>. The sort key takes part, so that one
/// busy partition is spread over all shards. The number is part of the schema: markers that wait carry it.
/// </remarks>
internal static class Shard
{
    public const int Count = 32;

    public static short Of(in ItemKey key)
    {
        Span<byte> bytes = stackalloc byte[16 + key.SortKey.Length];
        key.PartitionHash.TryWriteBytes(bytes, bigEndian: true, out _);
        key.SortKey.CopyTo(bytes[16..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return (short)(hash[0] % Count);
    }
}
