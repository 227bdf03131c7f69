using System.Runtime.CompilerServices;

namespace ExtendDb.Ef.PackageTests;

/// <summary>The clone that these tests are in.</summary>
internal static class Repository
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(PathOfThisFile())!, "..", ".."));

    /// <summary>Gets the projects that are packed as libraries.</summary>
    public static IEnumerable<string> Libraries =>
        Directory.EnumerateFiles(Path.Combine(Folder, "src"), "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(Folder, "Migrations", "ExtendDb.Ef.Migrations.csproj"))
            .Where(project => project != Tool);

    public static string Tool { get; } = Path.Combine(Folder, "src", "ExtendDb.Ef.Server", "ExtendDb.Ef.Server.csproj");

    private static string PathOfThisFile([CallerFilePath] string path = "") => path;
}
