using System.Net;
using ExtendDb.Ef.Server.Commands;
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
            throw new UnsafeAddressException(
                $"{listen.IPEndPoint} can be reached by other machines, and without access keys whoever reaches it can read "
                + $"and change all tables. Give access keys with {ServeCommand.AccessKeysOption} FILE or in "
                + $"{ServeCommand.AccessKeysVariable}, or say {ServeCommand.InsecureOption} to listen there all the same.");
        }
    }
}
