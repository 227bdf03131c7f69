using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.ServerTests.Serving;

/// <summary><c>extenddb serve</c> in a process of its own, in a folder of its own.</summary>
internal sealed partial class ServeProcess : IAsyncDisposable
{
    // What would count beside what a test says.
    private static readonly string[] Forgotten =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "EXTENDDB_ACCESS_KEYS",
        "AWS_REGION", "AWS_DEFAULT_REGION",
    ];

    private readonly ChildProgram _program;

    private ServeProcess(string connectionString, string folder, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), "serve", .. arguments])
        {
            WorkingDirectory = folder,
        };
        foreach (var name in Forgotten)
        {
            start.Environment.Remove(name);
        }

        start.Environment["EXTENDDB_CONNECTION"] = connectionString;

        // Should the connection string ever be overlooked, no private server is to be started in its place.
        start.Environment["EXTENDDB_POSTGRES_BIN"] = "/nonexistent";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // The line that follows all of where the server listens.
        _program = ChildProgram.Start(start, readyLine: "Try: ");
    }

    public string Output => _program.Output;

    public string Errors => _program.Errors;

    /// <summary>Gets what it said that is more than information.</summary>
    public string Complaints => string.Join(
        '\n', Errors.Trim().Split('\n').Where(line => !line.Contains("Z info: ", StringComparison.Ordinal)));

    /// <summary>Starts a server.</summary>
    /// <param name="connectionString">Its database.</param>
    /// <param name="arguments">What stands behind <c>serve</c>.</param>
    /// <param name="folder">Where it runs; null for a folder without configuration.</param>
    /// <param name="environment">Further variables.</param>
    public static ServeProcess Start(
        string connectionString,
        string[] arguments,
        string? folder = null,
        params (string Name, string Value)[] environment) =>
        new(connectionString, folder ?? AppContext.BaseDirectory, arguments, environment);

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
    public Task UntilListeningAsync() => _program.ReadyAsync();

    public Task<int> ExitCodeAsync() => _program.ExitCodeAsync();

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => _program.Terminate();

    /// <summary>Sends SIGKILL, and waits for the end.</summary>
    public Task KillAsync() => _program.KillAsync();

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [GeneratedRegex("extenddb listens on (\\S+),")]
    private static partial Regex Listens();
}
