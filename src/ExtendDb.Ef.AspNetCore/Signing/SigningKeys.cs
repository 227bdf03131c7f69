using System.Collections.Concurrent;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>Caches the last signing key of each access key, which a client uses for a day.</summary>
internal sealed class SigningKeys
{
    // Never larger than the set of access keys: only a key that has verified a signature is cached.
    private readonly ConcurrentDictionary<string, SigningKey> _last = new(StringComparer.Ordinal);

    /// <summary>Returns the signing key of a scope, from the cache or derived now.</summary>
    public SigningKey Of(CredentialScope scope, ReadOnlySpan<byte> secret) =>
        _last.TryGetValue(scope.AccessKeyId, out var last) && last.IsOf(scope) ? last : SigningKey.Derive(secret, scope);

    /// <summary>
    /// Caches a key that has verified a signature; a forged request therefore cannot displace a cached key.
    /// </summary>
    public void Remember(string accessKeyId, SigningKey key)
    {
        if (!_last.TryGetValue(accessKeyId, out var last) || !ReferenceEquals(last, key))
        {
            _last[accessKeyId] = key;
        }
    }
}
