using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>Keeps a server without signature verification from listening where other machines can reach it.</summary>
internal static class LoopbackOnly
{
    /// <summary>Refuses an address before the server listens on it, wherever it was configured.</summary>
    /// <exception cref="UnsafeAddressException">Other machines could reach the address.</exception>
    public static void Demand(ListenOptions listen)
    {
        if (listen.EndPoint is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address))
        {
            throw UnsafeAddressException.Of($"{listen.IPEndPoint}");
        }
    }
}
