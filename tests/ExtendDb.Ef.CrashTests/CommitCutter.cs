using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Stands between clients and a server, and cuts connections at the worst moment: around a COMMIT.</summary>
/// <remarks>
/// Of the commits that are cut, one half reaches the server and its answer is swallowed; the other half never arrives. The
/// answer is waited for before the connection is cut, so what the server does is over when the client hears of it.
/// </remarks>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Random _random;
    private readonly int _oneOf;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private CommitCutter(string connectionString, Random random, int oneOf)
    {
        _server = new(connectionString);
        _random = random;
        _oneOf = oneOf;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Gets the connection string through it. Without encryption, which would hide a COMMIT from it.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>Gets how many commits were done without an answer.</summary>
    public int Swallowed { get; private set; }

    /// <summary>Gets how many commits never reached the server.</summary>
    public int Withheld { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="connectionString">The server.</param>
    /// <param name="random">Which commits.</param>
    /// <param name="oneOf">Of how many commits one is cut.</param>
    public static CommitCutter Start(string connectionString, Random random, int oneOf) =>
        new(connectionString, random, oneOf);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAny(_accepting);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(_server.Host!, _server.Port, closing.Token);
                var answers = new Answers(client.GetStream());
                await Task.WhenAny(
                    answers.PassOnAsync(server.GetStream(), closing.Token),
                    AskAsync(client.GetStream(), server.GetStream(), answers, closing.Token));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // Both ends are closed below.
            }

            await closing.CancelAsync();
        }
    }

    private async Task AskAsync(
        NetworkStream client, NetworkStream server, Answers answers, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            if (!buffer.AsSpan(0, length).EndsWith("COMMIT\0"u8) || !IsTheOne(out var swallow))
            {
                await server.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
                continue;
            }

            if (swallow)
            {
                var answered = answers.SwallowNext();
                await server.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
                await answered.WaitAsync(cancellationToken);
            }

            return;
        }
    }

    private bool IsTheOne(out bool swallow)
    {
        lock (_random)
        {
            var isTheOne = _random.Next(_oneOf) == 0;
            swallow = isTheOne && _random.Next(2) == 0;
            Swallowed += swallow ? 1 : 0;
            Withheld += isTheOne && !swallow ? 1 : 0;
            return isTheOne;
        }
    }

    /// <summary>The way back of one connection.</summary>
    private sealed class Answers(NetworkStream client)
    {
        private readonly TaskCompletionSource _swallowed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _swallow;

        public Task SwallowNext()
        {
            _swallow = true;
            return _swallowed.Task;
        }

        public async Task PassOnAsync(NetworkStream server, CancellationToken cancellationToken)
        {
            var buffer = new byte[64 * 1024];
            while (await server.ReadAsync(buffer, cancellationToken) is > 0 and var length)
            {
                if (_swallow)
                {
                    _swallowed.TrySetResult();
                    return;
                }

                await client.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            }
        }
    }
}
