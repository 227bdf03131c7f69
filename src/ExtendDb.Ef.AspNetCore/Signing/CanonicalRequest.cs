using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>A request in the one form that is signed. Source: Signature Version 4, "Create a canonical request".</summary>
internal static class CanonicalRequest
{
    private const int UsualLength = 1024;

    /// <summary>Returns the SHA-256 of the canonical form in lower-case hexadecimal digits.</summary>
    public static string Hash(SignedRequest request, QueryParameters query, SignedHeaders signed, string bodyHash)
    {
        var text = new ArrayBufferWriter<byte>(UsualLength);
        Encoding.UTF8.GetBytes(request.Method, text);
        Encoding.UTF8.GetBytes("\n", text);
        Encoding.UTF8.GetBytes(CanonicalPath.Of(request.Path), text);
        Encoding.UTF8.GetBytes("\n", text);
        query.WriteTo(text);
        Encoding.UTF8.GetBytes("\n", text);
        signed.WriteTo(text, request.Headers);
        Encoding.UTF8.GetBytes("\n", text);
        Encoding.UTF8.GetBytes(bodyHash, text);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash);
    }
}
