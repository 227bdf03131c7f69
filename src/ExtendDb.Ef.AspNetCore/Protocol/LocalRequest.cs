using System.Net;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Recognises requests that come from this machine and are addressed to this machine.</summary>
internal static class LocalRequest
{
    private static readonly string[] Forwarding =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>
    /// Returns whether a request comes from a loopback address or a socket, names this machine as its host, and was not
    /// forwarded.
    /// </summary>
    /// <remarks>
    /// A web page whose domain resolves to 127.0.0.1 still sends that domain as the Host header. A proxy on this
    /// machine adds a header that shows that the request is forwarded.
    /// </remarks>
    public static bool Is(HttpContext http) =>
        IsLoopback(http.Connection.RemoteIpAddress)
        && IsLocalName(http.Request.Host.Host)
        && !Forwarding.Any(http.Request.Headers.ContainsKey);

    // A Unix socket and an in-memory server have no address.
    private static bool IsLoopback(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
