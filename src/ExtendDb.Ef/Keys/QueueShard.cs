using System.Security.Cryptography;

namespace ExtendDb.Ef.Keys;

/// <summary>Computes the shard of the queue for the markers of an item; one item always has the same shard.</summary>
/// <remarks>
/// In SQL: <c>get_byte(sha256(uuid_send(partition_hash) || sort_key), 0) % 32</c>. The hash includes the sort key, so
/// that one busy partition is spread over all shards. The number of shards is part of the schema, because waiting
/// markers carry theirs.
/// </remarks>
internal static class QueueShard
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
