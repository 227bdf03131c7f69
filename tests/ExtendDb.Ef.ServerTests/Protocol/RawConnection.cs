using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>A socket to a server, for what no HTTP client sends.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly List<byte> _received = [];
    private NetworkStream _stream = null!;

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(server.Host, server.Port);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    /// <summary>Writes a request of HTTP/1.1.</summary>
    public static byte[] RequestOf(string operation, string json, params string[] headers)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. HeadOf(operation, [.. headers, $"Content-Length: {body.Length}"]), .. body];
    }

    /// <summary>Writes the head of a request, which says nothing of the length of its body.</summary>
    public static byte[] HeadOf(string operation, params string[] headers) => Encoding.Latin1.GetBytes(
        "POST / HTTP/1.1\r\nHost: localhost\r\n"
        + $"Authorization: {WireCalls.Anybody}\r\nX-Amz-Target: {WireCalls.Version}{operation}\r\n"
        + string.Concat(headers.Select(header => $"{header}\r\n")) + "\r\n");

    public ValueTask SendAsync(byte[] bytes) => _stream.WriteAsync(bytes);

    /// <summary>Says that nothing more will come.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection off without a word of farewell.</summary>
    public void Reset()
    {
        _client.LingerState = new(enable: true, seconds: 0);
        _client.Close();
    }

    /// <summary>Reads the next answer, all of whose lengths are given.</summary>
    public async Task<WireAnswer> ReadAnswerAsync()
    {
        int end;
        while ((end = EndOfHead()) < 0)
        {
            await ReceiveAsync();
        }

        var lines = Encoding.Latin1.GetString([.. _received[..end]]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(parts => parts[0].ToLowerInvariant(), parts => parts[1]);
        var length = int.Parse(headers["content-length"], CultureInfo.InvariantCulture);
        var start = end + 4;
        while (_received.Count < start + length)
        {
            await ReceiveAsync();
        }

        byte[] body = [.. _received[start..(start + length)]];
        _received.RemoveRange(0, start + length);
        return new((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
    }

    /// <summary>Waits until the server closes the connection; forgets what it still says.</summary>
    public async Task UntilClosedAsync()
    {
        try
        {
            while (true)
            {
                await ReceiveAsync();
            }
        }
        catch (IOException)
        {
            // It is closed.
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private int EndOfHead()
    {
        var text = Encoding.Latin1.GetString([.. _received]);
        return text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[4_096];
        using var deadline = new CancellationTokenSource(TestDeadline.Usual);
        var read = await _stream.ReadAsync(buffer, deadline.Token);
        _received.AddRange(read > 0 ? buffer[..read] : throw new EndOfStreamException("The server closed the connection."));
    }
}
