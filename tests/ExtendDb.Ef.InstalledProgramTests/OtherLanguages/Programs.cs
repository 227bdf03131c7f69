using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>Finds the programs of other languages and what they need, by trying them.</summary>
internal static class Programs
{
    /// <summary>The SDK for JavaScript asks for it.</summary>
    private const string OldestNode = "18";

    // A shim of a version manager is on PATH before the program that works, and does not: each is tried.
    private static readonly Lazy<string?> FoundNode = new(() => FirstThat(
        "node", "-e", $"process.exit(Number(process.versions.node.split('.')[0]) >= {OldestNode} ? 0 : 1)"));

    private static readonly Lazy<string?> FoundPython = new(() => FirstThat("python3", "-c", "import boto3"));
    private static readonly Lazy<string?> FoundAws = new(() => FirstThat("aws", "--version"));

    /// <summary>Gets Node.js; null when there is none that is new enough.</summary>
    public static string? Node => FoundNode.Value;

    /// <summary>Gets a Python that has boto3; null when there is none.</summary>
    public static string? PythonWithBoto3 => FoundPython.Value;

    /// <summary>Gets the AWS command line; null when there is none.</summary>
    public static string? Aws => FoundAws.Value;

    /// <summary>Gets a folder of this project's sources, where the scripts are and npm has installed its packages.</summary>
    public static string Folder(string name, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", name));

    private static string? FirstThat(string name, params string[] arguments) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/bin")
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name))
            .Where(File.Exists)
            .FirstOrDefault(program => Runs(program, arguments));

    private static bool Runs(string program, string[] arguments)
    {
        try
        {
            // An attribute asks, whose constructor cannot wait otherwise; what is tried prints next to nothing.
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is no program of this machine.
            return false;
        }
    }
}
