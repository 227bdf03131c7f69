using System.Runtime.CompilerServices;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>Finds the scripts in the sources of this project.</summary>
internal static class Scripts
{
    public static string Python => Path.Combine(Folder("Python"), "check.py");

    /// <summary>Returns a script for Node.js.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="package">The package that the script uses.</param>
    /// <exception cref="InvalidOperationException">The package is not installed; the message says how to install it.</exception>
    public static string JavaScript(string name, string package) =>
        Path.Combine(WithPackage(Folder("JavaScript"), package), name);

    /// <summary>Returns a folder in which npm has installed a package.</summary>
    /// <exception cref="InvalidOperationException">It has not; the message says how to.</exception>
    public static string WithPackage(string folder, string package) =>
        Directory.Exists(Path.Combine(folder, "node_modules", package))
            ? folder
            : throw new InvalidOperationException($"There is no {package}: npm install --prefix {folder}");

    private static string Folder(string name, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", name));
}
