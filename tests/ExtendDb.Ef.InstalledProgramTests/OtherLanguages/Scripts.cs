using System.Runtime.CompilerServices;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>Finds the scripts in the sources of this project.</summary>
internal static class Scripts
{
    public static string Python => Path.Combine(Folder("Python"), "check.py");

    /// <summary>Gets the script for Node.js.</summary>
    /// <exception cref="InvalidOperationException">Its packages are not installed; the message says how to install them.</exception>
    public static string JavaScript => Path.Combine(WithPackages(Folder("JavaScript")), "check.mjs");

    /// <summary>Returns a folder in which npm has installed the AWS SDK for JavaScript.</summary>
    /// <exception cref="InvalidOperationException">It has not; the message says how to.</exception>
    public static string WithPackages(string folder) =>
        Directory.Exists(Path.Combine(folder, "node_modules", "@aws-sdk", "lib-dynamodb"))
            ? folder
            : throw new InvalidOperationException($"There is no AWS SDK for JavaScript: npm install --prefix {folder}");

    private static string Folder(string name, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", name));
}
