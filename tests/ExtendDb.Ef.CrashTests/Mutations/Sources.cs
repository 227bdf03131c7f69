namespace ExtendDb.Ef.CrashTests.Mutations;

/// <summary>The sources from which these tests were built.</summary>
internal static class Sources
{
    private const string Solution = "ExtendDb.Ef.sln";
    private static readonly string[] LeftOut = ["bin", "obj", ".git", ".vs", "node_modules", "TestResults"];

    public static string Root { get; } = Find();

    public static string MutationsFolder => Path.Combine(Root, "tests", "ExtendDb.Ef.CrashTests", "Mutations");

    /// <summary>Copies the sources, without what is built from them.</summary>
    public static void CopyTo(string folder) => Copy(new DirectoryInfo(Root), Directory.CreateDirectory(folder));

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => !LeftOut.Contains(folder.Name)))
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no {Solution} above {AppContext.BaseDirectory}.");
    }
}
