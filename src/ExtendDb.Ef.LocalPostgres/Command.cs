using System.Diagnostics;

namespace ExtendDb.Ef.Local;

/// <summary>Runs one of PostgreSQL's programs, or a tool of the operating system, to its end.</summary>
internal static class Command
{
    internal static ProcessStartInfo Create(string file, params IEnumerable<string> arguments)
    {
        // The root folder, because the user who runs the server may not be allowed into the current one.
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = OperatingSystem.IsWindows() ? Path.GetTempPath() : "/",
        };

        // PGDATA, PGPORT, PGOPTIONS and their like belong to another server of the user's.
        var others = start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList();
        foreach (var name in others)
        {
            start.Environment.Remove(name);
        }

        // The log is searched for known messages, so it has to be in English.
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    internal static async Task<CommandResult> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Looks for a program on PATH and in the folders of administrators' tools.</summary>
    internal static string? Find(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}{Path.PathSeparator}/usr/sbin{Path.PathSeparator}/sbin"
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    internal bool Succeeded => ExitCode == 0;
}
