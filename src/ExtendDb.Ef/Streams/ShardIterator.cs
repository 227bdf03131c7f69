using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Streams;

/// <summary>A place in a shard, from which GetRecords reads.</summary>
/// <param name="Stream">The id of the stream.</param>
/// <param name="Shard">The number of the shard.</param>
/// <param name="Behind">The number behind which the records are read; null reads from the oldest record on.</param>
/// <param name="CreatedAt">The time from which the iterator is valid for 15 minutes.</param>
internal sealed record ShardIterator(int Stream, short Shard, long? Behind, DateTimeOffset CreatedAt)
{
    private const byte Version = 1;
    private const int Length = 1 + sizeof(int) + sizeof(short) + sizeof(long) + sizeof(long);
    private const int ChecksumLength = 8;
    private const long Oldest = -1;

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    /// <summary>Reads an iterator.</summary>
    /// <param name="text">The iterator as a caller gave it.</param>
    /// <param name="now">The present time.</param>
    /// <exception cref="ValidationException">The text is not an iterator that this library wrote.</exception>
    /// <exception cref="ExpiredIteratorException">The iterator is older than 15 minutes.</exception>
    public static ShardIterator Parse(string? text, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[Length + ChecksumLength];
        if (text is null
            || text.Length > Base64Url.GetEncodedLength(bytes.Length)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != bytes.Length
            || bytes[0] != Version
            || !bytes[Length..].SequenceEqual(Checksum(bytes[..Length])))
        {
            throw new ValidationException("Invalid ShardIterator");
        }

        var behind = BinaryPrimitives.ReadInt64BigEndian(bytes[7..]);
        var iterator = new ShardIterator(
            BinaryPrimitives.ReadInt32BigEndian(bytes[1..]),
            BinaryPrimitives.ReadInt16BigEndian(bytes[5..]),
            behind == Oldest ? null : behind,
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[15..])));
        return now - iterator.CreatedAt <= Validity ? iterator : throw new ExpiredIteratorException(iterator.CreatedAt, now);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length + ChecksumLength];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], Stream);
        BinaryPrimitives.WriteInt16BigEndian(bytes[5..], Shard);
        BinaryPrimitives.WriteInt64BigEndian(bytes[7..], Behind ?? Oldest);
        BinaryPrimitives.WriteInt64BigEndian(bytes[15..], CreatedAt.ToUnixTimeMilliseconds());
        Checksum(bytes[..Length]).CopyTo(bytes[Length..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, ChecksumLength);
}
