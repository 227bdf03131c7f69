using System.Diagnostics;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.CrashTests;

/// <summary>The command line in a process of its own.</summary>
internal sealed class ExtendDbProcess : IAsyncDisposable
{
    /// <summary>What a shell calls the end by SIGKILL.</summary>
    public const int Killed = 128 + 9;

    private readonly ChildProgram _program;

    private ExtendDbProcess(string connectionString, string[] arguments, string? killAt = null)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            Environment = { ["EXTENDDB_CONNECTION"] = connectionString },
        };
        if (killAt is not null)
        {
            start.Environment[KillPoint.Variable] = killAt;
        }

        _program = ChildProgram.Start(start, readyLine: "extenddb worker runs");
    }

    public string Output => _program.Output;

    public string Errors => _program.Errors;

    public bool HasExited => _program.HasExited;

    public static ExtendDbProcess Start(string connectionString, params string[] arguments) =>
        new(connectionString, arguments);

    /// <summary>Starts a worker that kills itself at a named place, perhaps before it says that it runs.</summary>
    public static ExtendDbProcess StartWorkerToDie(
        string connectionString, string killAt, params string[] options) =>
        new(connectionString, ["worker", "--stop-with-input", .. options], killAt);

    /// <summary>Starts a worker and waits until it runs.</summary>
    public static async Task<ExtendDbProcess> StartWorkerAsync(string connectionString)
    {
        var worker = Start(connectionString, "worker", "--stop-with-input");
        await worker._program.ReadyAsync();
        return worker;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string connectionString, params string[] arguments)
    {
        await using var process = Start(connectionString, arguments);
        var exitCode = await process.ExitCodeAsync();
        return (exitCode, process.Output, process.Errors);
    }

    public Task<int> ExitCodeAsync() => _program.ExitCodeAsync();

    /// <summary>Sends SIGKILL.</summary>
    public Task KillAsync() => _program.KillAsync();

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => _program.Terminate();

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
