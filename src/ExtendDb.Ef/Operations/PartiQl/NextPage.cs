using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Transactions;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>The place at which the next page of a SELECT starts, as its NextToken names it.</summary>
/// <param name="Read">The position of the read among those of the statement, from 0.</param>
/// <param name="Start">The key behind which the read goes on; null for its beginning.</param>
internal sealed record NextPage(int Read, AttributeMap? Start)
{
    private const byte Version = 1;
    private const int HashLength = 16;
    private const int HeaderLength = 1 + HashLength + sizeof(int);
    private const int ChecksumLength = 8;

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token as a caller gave it.</param>
    /// <param name="statement">The statement and its parameters, which must be those of the page before.</param>
    /// <param name="table">The table of the statement.</param>
    /// <exception cref="ValidationException">The token was not written by this library, or for another statement.</exception>
    public static NextPage Parse(
        string token, (string Text, IReadOnlyList<AttributeValue>? Parameters) statement, TableDefinition table)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done
            || length < HeaderLength + ChecksumLength
            || bytes[0] != Version
            || !bytes.AsSpan(length - ChecksumLength, ChecksumLength).SequenceEqual(Checksum(bytes.AsSpan(0, length - ChecksumLength), table)))
        {
            throw Invalid();
        }

        var key = bytes.AsSpan(HeaderLength..(length - ChecksumLength));
        return bytes.AsSpan(1, HashLength).SequenceEqual(Hash(statement))
            ? new(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1 + HashLength)), key.IsEmpty ? null : KeyOf(key))
            : throw new ValidationException("NextToken does not match request");
    }

    public static ValidationException Invalid() => new("Invalid NextToken");

    /// <summary>Returns the token.</summary>
    public string ToToken((string Text, IReadOnlyList<AttributeValue>? Parameters) statement, TableDefinition table)
    {
        byte[] key = Start is null ? [] : AttributeJson.WriteBytes(Start, NulEscaping.Plain);
        var bytes = new byte[HeaderLength + key.Length + ChecksumLength];
        bytes[0] = Version;
        Hash(statement).CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1 + HashLength), Read);
        key.CopyTo(bytes, HeaderLength);
        Checksum(bytes.AsSpan(0, bytes.Length - ChecksumLength), table).CopyTo(bytes.AsSpan(bytes.Length - ChecksumLength));
        return Base64Url.EncodeToString(bytes);
    }

    private static AttributeMap KeyOf(ReadOnlySpan<byte> key)
    {
        try
        {
            return AttributeJson.ReadMap(key);
        }
        catch (JsonException)
        {
            throw Invalid();
        }
    }

    private static ReadOnlySpan<byte> Hash((string Text, IReadOnlyList<AttributeValue>? Parameters) statement) =>
        RequestHash.Of([statement]).AsSpan(0, HashLength);

    // The id of the table is not in the token, so that a token of one table is none of another one of the same name.
    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> bytes, TableDefinition table) =>
        HMACSHA256.HashData(table.TableId.ToByteArray(), bytes).AsSpan(0, ChecksumLength);
}
