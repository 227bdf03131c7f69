using System.Net.Sockets;
using System.Text;

namespace ExtendDb.Ef.ServerTests.Serving;

/// <summary>The socket at which systemd hears the state of a service.</summary>
internal sealed class NotifySocket : IDisposable
{
    public const string Variable = "NOTIFY_SOCKET";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-notify-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket()
    {
        Path = System.IO.Path.Combine(_folder.FullName, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
    }

    public string Path { get; }

    /// <summary>Waits for the next state.</summary>
    public async Task<string> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(TestDeadline.Usual);
        var datagram = new byte[4_096];
        var length = await _socket.ReceiveAsync(datagram, deadline.Token);
        return Encoding.UTF8.GetString(datagram, 0, length);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }
}
