using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>The access keys whose signatures are accepted: ids with their secrets, which are never shown.</summary>
public sealed class AccessKeys
{
    /// <summary>The longest secret, in characters; those of AWS have 40.</summary>
    internal const int MaxSecretLength = 256;

    private const int MinIdLength = 3;
    private const int MaxIdLength = 128;
    private const UnixFileMode ForOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly SearchValues<char> InIds =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly FrozenDictionary<string, byte[]> _secrets;

    private AccessKeys(FrozenDictionary<string, byte[]> secrets) => _secrets = secrets;

    /// <summary>Gets the empty set, which accepts no signature.</summary>
    public static AccessKeys None { get; } = new(FrozenDictionary<string, byte[]>.Empty);

    /// <summary>Gets the number of keys.</summary>
    public int Count => _secrets.Count;

    /// <summary>Gets whether the set is empty.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Parses lines of the form <c>ACCESSKEYID SECRET</c> or <c>ACCESSKEYID=SECRET</c>.</summary>
    /// <param name="text">The lines; blank lines and lines that begin with <c>#</c> are ignored.</param>
    /// <returns>The keys; <see cref="None"/> when there is no key.</returns>
    /// <exception cref="AccessKeysException">
    /// A line has another form, an id that is not 3 to 128 of A-Z, a-z, 0-9 and _, or the id of an earlier line.
    /// </exception>
    public static AccessKeys Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var secrets = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan()[range].Trim();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            var (id, secret) = ParseLine(line, number);
            if (!secrets.TryAdd(id, secret))
            {
                throw Refused(number, "an earlier line has the same access key id");
            }
        }

        return secrets.Count == 0 ? None : new(secrets.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Reads a file of access keys, in the form that <see cref="Parse"/> takes.</summary>
    /// <param name="path">The path of the file; on Unix only its owner may have permissions on it.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The keys; <see cref="None"/> when there is no key.</returns>
    /// <exception cref="AccessKeysException">Other users have permissions on the file, or a line is malformed.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    public static async Task<AccessKeys> ReadFileAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, FileOptions.Asynchronous);

        // The mode of the open file, not of the path, so that the checked file is the one that is read.
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ForOthers) != 0)
        {
            throw new AccessKeysException(
                $"Users other than its owner have permissions on '{path}', which holds secrets; run: chmod 600 '{path}'");
        }

        using var reader = new StreamReader(file);
        try
        {
            return Parse(await reader.ReadToEndAsync(cancellationToken));
        }
        catch (AccessKeysException refused)
        {
            throw new AccessKeysException($"'{path}': {refused.Message}", refused.Line);
        }
    }

    /// <summary>Returns a text with the number of keys, and nothing else.</summary>
    public override string ToString() => Count == 1 ? "1 access key" : $"{Count} access keys";

    /// <summary>Returns the secret of an access key; null when the key is not known.</summary>
    internal byte[]? SecretOf(string id) => _secrets.GetValueOrDefault(id);

    private static (string Id, byte[] Secret) ParseLine(ReadOnlySpan<char> line, int number)
    {
        var length = line.IndexOfAnyExcept(InIds);
        if (length < 0 || line[length] is not ('=' or ' ' or '\t'))
        {
            throw Refused(number, "expected ACCESSKEYID SECRET or ACCESSKEYID=SECRET");
        }

        if (length is < MinIdLength or > MaxIdLength)
        {
            throw Refused(number, $"an access key id has {MinIdLength} to {MaxIdLength} characters");
        }

        var secret = line[(length + 1)..].Trim();
        if (secret.Length is 0 or > MaxSecretLength || secret.ContainsAnyExceptInRange('!', '~'))
        {
            throw Refused(number, $"a secret has 1 to {MaxSecretLength} printable ASCII characters and no blanks");
        }

        // No secret of AWS begins with an equals sign; the line has a blank before it.
        if (secret[0] == '=')
        {
            throw Refused(number, "a blank or one equals sign goes between the id and the secret, not both");
        }

        return (line[..length].ToString(), Encoding.ASCII.GetBytes(secret.ToArray()));
    }

    private static AccessKeysException Refused(int line, string what) => new($"Line {line}: {what}.", line);
}
