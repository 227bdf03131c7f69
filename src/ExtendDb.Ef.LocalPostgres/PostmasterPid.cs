using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace ExtendDb.Ef.Local;

/// <summary>The file in which a server notes its process and port, and what is true of that process by now.</summary>
/// <remarks>
/// A server that was killed leaves the file behind, and the number of its process may since belong to another one.
/// </remarks>
internal sealed record PostmasterPid(int ProcessId, int Port)
{
    internal static string PathIn(string data) => Path.Combine(data, "postmaster.pid");

    /// <summary>Reads the file; null when there is none.</summary>
    internal static PostmasterPid? Read(string data)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(data));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // A torn file reads as no process and no port.
        return new PostmasterPid(NumberIn(0), NumberIn(3));

        int NumberIn(int line) =>
            lines.Length > line
            && int.TryParse(lines[line], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0;
    }

    internal ProcessState Look(string data)
    {
        var name = NameOf(ProcessId);
        if (name is null)
        {
            return ProcessState.Gone;
        }

        if (name is not ("postgres" or "postmaster") || IsZombie(ProcessId))
        {
            return ProcessState.Foreign;
        }

        return RunsIn(data) switch
        {
            true => ProcessState.Ours,
            false => ProcessState.Foreign,
            null => ProcessState.SomePostgres,
        };
    }

    private static string? NameOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the process has ended and only waits for its parent to notice, which some containers never do.
    /// </summary>
    private static bool IsZombie(int processId)
    {
        try
        {
            var status = OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{processId}/stat") : "";
            var afterName = status.LastIndexOf(')') + 2;
            return afterName > 1 && afterName < status.Length && status[afterName] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>
    /// Whether the process works in the data folder, as a server does; null when that cannot be told.
    /// </summary>
    private bool? RunsIn(string data)
    {
        var current = $"/proc/{ProcessId}/cwd";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(current))
        {
            return null;
        }

        // Not by name: one folder has many names when there are links on the way to it.
        using var probe = new FolderProbe(data);
        return File.Exists(Path.Combine(current, probe.Name));
    }
}

internal enum ProcessState
{
    /// <summary>There is no such process.</summary>
    Gone,

    /// <summary>The number belongs to a process that is not the server of this folder.</summary>
    Foreign,

    /// <summary>It is a PostgreSQL, and only a connection can tell of which folder.</summary>
    SomePostgres,

    /// <summary>It is the server of this folder.</summary>
    Ours,
}

/// <summary>A file with a new name in a data folder: who sees it there sees this very folder.</summary>
internal sealed class FolderProbe : IDisposable
{
    private readonly string _path;

    internal FolderProbe(string folder)
    {
        Name = $"extenddb.probe-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        _path = Path.Combine(folder, Name);
        File.Create(_path).Dispose();
    }

    internal string Name { get; }

    public void Dispose() => File.Delete(_path);
}
