using System.Collections.Concurrent;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>Remembers the last signing key of each access key, which serves a client for a day.</summary>
internal sealed class SigningKeys
{
    // No larger than the set of access keys: only a key that has verified a signature is remembered.
    private readonly ConcurrentDictionary<string, SigningKey> _last = new(StringComparer.Ordinal);

    /// <summary>Returns the signing key of a scope, derived now unless it is the remembered one.</summary>
    public SigningKey Of(CredentialScope scope, ReadOnlySpan<byte> secret) =>
        _last.TryGetValue(scope.AccessKeyId, out var last) && last.IsOf(scope) ? last : SigningKey.Derive(secret, scope);

    /// <summary>Remembers a key that has verified a signature; forged requests push nothing out.</summary>
    public void Remember(string accessKeyId, SigningKey key)
    {
        if (!_last.TryGetValue(accessKeyId, out var last) || !ReferenceEquals(last, key))
        {
            _last[accessKeyId] = key;
        }
    }
}
