using System.Security.Cryptography;
using System.Text;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The key that signs requests of one scope. Source: Signature Version 4, "Derive a signing key".</summary>
internal sealed class SigningKey
{
    private readonly CredentialScope _scope;
    private readonly byte[] _key;

    private SigningKey(CredentialScope scope, byte[] key)
    {
        _scope = scope;
        _key = key;
    }

    /// <summary>Gets the 32 bytes of the key.</summary>
    public ReadOnlySpan<byte> Bytes => _key;

    /// <summary>Derives the key of a scope from the secret of the access key.</summary>
    public static SigningKey Derive(ReadOnlySpan<byte> secret, CredentialScope scope)
    {
        Span<byte> prefixed = stackalloc byte[4 + AccessKeys.MaxSecretLength];
        "AWS4"u8.CopyTo(prefixed);
        secret.CopyTo(prefixed[4..]);
        var key = HMACSHA256.HashData(prefixed[..(4 + secret.Length)], Encoding.UTF8.GetBytes(scope.Day));
        CryptographicOperations.ZeroMemory(prefixed);
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Service));
        return new(scope, HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(CredentialScope.Terminator)));
    }

    /// <summary>Returns whether this key belongs to a scope.</summary>
    public bool IsOf(CredentialScope scope) => _scope == scope;

    /// <summary>Returns, in constant time, whether a signature is the one that this key gives a text.</summary>
    /// <param name="text">The signed text.</param>
    /// <param name="signature">The signature to check, in lower-case hexadecimal digits.</param>
    public bool HasSigned(string text, string signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text), expected);
        Span<byte> digits = stackalloc byte[2 * HMACSHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(expected, digits, out _);

        // Characters outside ASCII become question marks, which are not digits.
        return signature.Length == digits.Length
            && CryptographicOperations.FixedTimeEquals(digits, Encoding.ASCII.GetBytes(signature));
    }
}
