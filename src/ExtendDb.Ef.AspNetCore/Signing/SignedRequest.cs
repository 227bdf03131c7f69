using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>A request as it arrived, which is what its signature covers.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as sent, still percent-encoded.</param>
/// <param name="Query">The query as sent, without its question mark; empty when there is none.</param>
/// <param name="Headers">All headers, <c>Host</c> included.</param>
/// <param name="Body">The body as sent: still compressed if it was.</param>
internal sealed record SignedRequest(
    string Method, string Path, string Query, IHeaderDictionary Headers, ReadOnlySequence<byte> Body);
