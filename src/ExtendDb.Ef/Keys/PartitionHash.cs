using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Keys;

/// <summary>
/// Computes the stored hash of a partition key: the first 16 bytes of SHA-256 over its value, as uuid.
/// </summary>
/// <remarks>
/// The bytes are the UTF-8 of a string, the UTF-8 of a number as DynamoDB prints it, a binary as it is. In SQL:
/// <c>encode(substring(sha256('abc'::bytea), 1, 16), 'hex')::uuid</c>. Of a key with several attributes the hash is over all
/// their bytes, each value behind its length: <c>sha256(int4send(length('abc')) || 'abc' || …)</c>.
/// </remarks>
internal static class PartitionHash
{
    public static Guid Of(AttributeValue value) => Of(Bytes(value).Span);

    /// <summary>Returns the hash of the values of a partition key of several attributes, in the order of the key schema.</summary>
    public static Guid Of(IEnumerable<AttributeValue> values)
    {
        var all = new ArrayBufferWriter<byte>();
        foreach (var value in values)
        {
            var bytes = Bytes(value);
            BinaryPrimitives.WriteInt32BigEndian(all.GetSpan(sizeof(int)), bytes.Length);
            all.Advance(sizeof(int));
            all.Write(bytes.Span);
        }

        return Of(all.WrittenSpan);
    }

    /// <summary>
    /// Returns the share, 0 to 1, of all partitions whose hash is below another; hashes are spread evenly.
    /// </summary>
    public static double ShareBelow(Guid hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        hash.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) / (double)uint.MaxValue;
    }

    private static ReadOnlyMemory<byte> Bytes(AttributeValue value) => value switch
    {
        AttributeValue.S s => Encoding.UTF8.GetBytes(s.Value),
        AttributeValue.N n => Encoding.UTF8.GetBytes(n.Value.ToString()),
        AttributeValue.B b => b.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Type, "A key is of type S, N or B."),
    };

    private static Guid Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
