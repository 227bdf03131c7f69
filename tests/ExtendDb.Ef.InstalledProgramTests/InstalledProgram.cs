using System.ComponentModel;
using System.Diagnostics;

namespace ExtendDb.Ef.InstalledProgramTests;

/// <summary>A program that a test needs; the test fails where it is missing.</summary>
internal sealed class InstalledProgram
{
    private static readonly string[] UsualFolders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"];
    private readonly string[] _trial;
    private readonly string _advice;
    private readonly Lazy<string> _location;

    /// <summary>Describes a program.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="trial">The arguments with which it ends with 0 where it is of use.</param>
    /// <param name="advice">Says what is missing, and how to install it.</param>
    public InstalledProgram(string name, string[] trial, string advice)
    {
        Name = name;
        _trial = trial;
        _advice = advice;
        _location = new(() => FindIn(
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            .. UsualFolders,
        ]));
    }

    public string Name { get; }

    /// <summary>Gets the program's file, from PATH or a usual folder.</summary>
    /// <exception cref="InvalidOperationException">It is not installed; the message says how to install it.</exception>
    public string Location => _location.Value;

    /// <summary>Returns the first file of the program's name that passes the trial.</summary>
    /// <remarks>A shim of a version manager may come before the program, and not work.</remarks>
    /// <exception cref="InvalidOperationException">There is none; the message says how to install it.</exception>
    public string FindIn(IEnumerable<string> folders) => folders
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name))
        .Where(File.Exists)
        .FirstOrDefault(Works) ?? throw new InvalidOperationException(_advice);

    private bool Works(string file)
    {
        try
        {
            // What is tried prints so little that nobody needs to read it.
            using var process = Process.Start(new ProcessStartInfo(file, _trial)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // It is no program of this machine.
            return false;
        }
    }
}
