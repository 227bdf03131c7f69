using System.Runtime.CompilerServices;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>The folder docs/deploy of the sources.</summary>
public static class DeployFolder
{
    /// <summary>Returns the path of a file.</summary>
    public static string PathOf(params string[] names) => Path.Combine([Folder(), .. names]);

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../docs/deploy"));
}
