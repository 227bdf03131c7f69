using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.ServerTests.Serving;

/// <summary><c>extenddb serve</c> in a process of its own, in a folder of its own.</summary>
internal sealed partial class ServeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What would count beside what a test says.
    private static readonly string[] Forgotten =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "EXTENDDB_ACCESS_KEYS",
        "AWS_REGION", "AWS_DEFAULT_REGION",
    ];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServeProcess(string connectionString, string folder, string[] arguments, (string Name, string Value)[] environment)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), "serve" },
            },
            EnableRaisingEvents = true,
        };
        foreach (var argument in arguments)
        {
            _process.StartInfo.ArgumentList.Add(argument);
        }

        foreach (var name in Forgotten)
        {
            _process.StartInfo.Environment.Remove(name);
        }

        _process.StartInfo.Environment["EXTENDDB_CONNECTION"] = connectionString;

        // Should the connection string ever be overlooked, no private server is to be started in its place.
        _process.StartInfo.Environment["EXTENDDB_POSTGRES_BIN"] = "/nonexistent";
        foreach (var (name, value) in environment)
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>Gets what it said that is more than information.</summary>
    public string Complaints => string.Join(
        '\n', Errors.Trim().Split('\n').Where(line => !line.StartsWith("info: ", StringComparison.Ordinal)));

    /// <summary>Starts a server.</summary>
    /// <param name="connectionString">Its database.</param>
    /// <param name="arguments">What stands behind <c>serve</c>.</param>
    /// <param name="folder">Where it runs; null for a folder without configuration.</param>
    /// <param name="environment">Further variables.</param>
    public static ServeProcess Start(
        string connectionString,
        string[] arguments,
        string? folder = null,
        params (string Name, string Value)[] environment)
    {
        var process = new ServeProcess(connectionString, folder ?? AppContext.BaseDirectory, arguments, environment);
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits until it has said all of where it listens.</summary>
    /// <returns>The first of its addresses.</returns>
    public async Task<Uri> ListeningAsync()
    {
        await UntilListeningAsync();
        return new(Listens().Match(Output).Groups[1].Value
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
    }

    /// <summary>Waits until it has said all of where it listens.</summary>
    public async Task UntilListeningAsync()
    {
        await Task.WhenAny(_listening.Task, _ended.Task).WaitAsync(Patience);
        if (!_listening.Task.IsCompleted)
        {
            throw new InvalidOperationException($"The server did not start: {Errors}");
        }
    }

    public async Task<int> ExitCodeAsync()
    {
        await _ended.Task.WaitAsync(Patience);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        // The shell has a kill of its own; the program of that name is not on every machine.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.AppendLine(line);
        }

        if (line.StartsWith("Try: ", StringComparison.Ordinal))
        {
            _listening.TrySetResult();
        }
    }

    [GeneratedRegex("extenddb listens on (\\S+),")]
    private static partial Regex Listens();
}
