using System.Diagnostics;

namespace ExtendDb.Ef.Benchmarks;

/// <summary><c>extenddb serve</c> in a process of its own, as its peer is.</summary>
internal sealed class ServedEndpoint : IAsyncDisposable
{
    private const string Listens = "extenddb listens on ";
    private readonly Process _process;

    private ServedEndpoint(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    public static async Task<ServedEndpoint> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), "serve", "--urls", "http://127.0.0.1:0",
            },
            Environment = { ["EXTENDDB_CONNECTION"] = connectionString },
        })!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Listens, StringComparison.Ordinal))
            {
                return new(process, new Uri(line[Listens.Length..line.IndexOf(',', StringComparison.Ordinal)]));
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        throw new InvalidOperationException($"extenddb serve ended with {process.ExitCode} before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
