using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The headers that a signature covers. Source: Signature Version 4, CanonicalHeaders.</summary>
internal sealed class SignedHeaders
{
    private readonly string[] _names;

    private SignedHeaders(string[] names) => _names = names;

    /// <summary>Parses the names, which are divided by semicolons.</summary>
    public static SignedHeaders Parse(string list)
    {
        var names = list.ToLowerInvariant().Split(';');
        Array.Sort(names, StringComparer.Ordinal);
        return new(names);
    }

    /// <summary>Refuses a signature that omits a header which determines the operation, the host or the caller.</summary>
    /// <param name="headers">The headers of the request.</param>
    /// <exception cref="InvalidSignatureException">
    /// Host or an x-amz-* header is not signed, or a name is listed twice or has no header in the request.
    /// </exception>
    public void ThrowUnlessComplete(IHeaderDictionary headers)
    {
        if (!Contains("host"))
        {
            throw NotSigned("'Host' or ':authority'");
        }

        foreach (var name in headers.Keys)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !Contains(name.ToLowerInvariant()))
            {
                throw NotSigned($"'{name.ToLowerInvariant()}'");
            }
        }

        // A name that is listed many times would make one long header be hashed as many times.
        for (var i = 0; i < _names.Length; i++)
        {
            if ((i > 0 && _names[i] == _names[i - 1]) || headers[_names[i]].Count == 0)
            {
                throw InvalidSignatureException.Mismatch();
            }
        }
    }

    /// <summary>Writes a line for each signed header, an empty line, and the names.</summary>
    public void WriteTo(IBufferWriter<byte> output, IHeaderDictionary headers)
    {
        foreach (var name in _names)
        {
            Encoding.UTF8.GetBytes(name, output);
            Encoding.UTF8.GetBytes(":", output);
            var separator = string.Empty;
            foreach (var value in headers[name])
            {
                Encoding.UTF8.GetBytes(separator, output);
                WriteValue(value, output);
                separator = ",";
            }

            Encoding.UTF8.GetBytes("\n", output);
        }

        Encoding.UTF8.GetBytes("\n", output);
        for (var i = 0; i < _names.Length; i++)
        {
            Encoding.UTF8.GetBytes(i == 0 ? string.Empty : ";", output);
            Encoding.UTF8.GetBytes(_names[i], output);
        }
    }

    private static InvalidSignatureException NotSigned(string header) =>
        new($"{header} must be a 'SignedHeader' in the AWS Authorization.");

    private static void WriteValue(ReadOnlySpan<char> value, IBufferWriter<byte> output)
    {
        value = value.Trim();
        if (!value.Contains("  ", StringComparison.Ordinal))
        {
            Encoding.UTF8.GetBytes(value, output);
            return;
        }

        var separator = string.Empty;
        foreach (var range in value.Split(' '))
        {
            if (!value[range].IsEmpty)
            {
                Encoding.UTF8.GetBytes(separator, output);
                Encoding.UTF8.GetBytes(value[range], output);
                separator = " ";
            }
        }
    }

    private bool Contains(string name) => Array.BinarySearch(_names, name, StringComparer.Ordinal) >= 0;
}
