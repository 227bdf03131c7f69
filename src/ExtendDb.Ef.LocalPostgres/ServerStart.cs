using System.Net;
using System.Net.Sockets;

namespace ExtendDb.Ef.Local;

/// <summary>Starts the server of a folder on a port that is free.</summary>
internal static class ServerStart
{
    private const int MostPorts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the server and returns its port.</summary>
    internal static async Task<int> RunAsync(
        IServerControl control,
        ServerFolder folder,
        LocalPostgresOptions options,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        for (var ports = 1; ;)
        {
            var port = options.Port == 0 ? FindFreePort() : options.Port;
            var log = ServerLog.Mark(folder.Log);
            var complaint = await control.StartAsync(ServerSettings.OptionsFor(options, port));
            if (complaint is null)
            {
                return port;
            }

            var tail = await log.ReadTailAsync(cancellationToken);
            if (tail.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)
                && options.Port == 0
                && ports++ < MostPorts)
            {
                // Another program took the port after it was found free.
                continue;
            }

            if (tail.Contains("is still in use", StringComparison.Ordinal) && !deadline.IsOver)
            {
                // Processes of a server that was killed have not yet noticed that it is gone.
                await Task.Delay(Pause, cancellationToken);
                continue;
            }

            throw new LocalPostgresException(
                $"PostgreSQL did not start in '{folder.Root}' on port {port}: {complaint}{Environment.NewLine}{tail}");
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
