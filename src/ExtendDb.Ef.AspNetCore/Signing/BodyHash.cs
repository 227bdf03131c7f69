using System.Buffers;
using System.Security.Cryptography;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>Computes the hash of a body.</summary>
internal static class BodyHash
{
    /// <summary>Returns the SHA-256 of a body in lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlySequence<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (body.IsSingleSegment)
        {
            SHA256.HashData(body.FirstSpan, hash);
            return Convert.ToHexStringLower(hash);
        }

        using var incremental = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var segment in body)
        {
            incremental.AppendData(segment.Span);
        }

        incremental.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash);
    }
}
