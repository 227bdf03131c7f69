using System.Buffers;
using ExtendDb.Ef.AspNetCore.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ExtendDb.Ef.ServerTests.Signing;

/// <summary>Makes requests as they arrive at the endpoint, and others from them.</summary>
internal static class WireRequest
{
    public static SignedRequest Of(
        string method, string path, string query, byte[] body, params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            all[name] = StringValues.Concat(all[name], value);
        }

        return new(method, path, query, all, new ReadOnlySequence<byte>(body));
    }

    /// <summary>Returns the request with another value of a header; without the header when it is null.</summary>
    public static SignedRequest With(this SignedRequest request, string header, string? value)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, values) in request.Headers)
        {
            headers[name] = values;
        }

        headers[header] = value;
        return request with { Headers = headers };
    }

    /// <summary>Returns the request with something replaced in its Authorization header, where it has to be.</summary>
    public static SignedRequest WithAuthorization(this SignedRequest request, string replaced, string by)
    {
        var header = request.Headers.Authorization.ToString();
        return header.Contains(replaced, StringComparison.Ordinal)
            ? request.With("Authorization", header.Replace(replaced, by, StringComparison.Ordinal))
            : throw new ArgumentException($"{header} does not contain {replaced}", nameof(replaced));
    }
}
